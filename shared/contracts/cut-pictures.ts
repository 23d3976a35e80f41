/** As many pictures of one ad as the marketplace takes. Source: client documentation 4.0.0, `image_urls`. */
export const productionMaxPictures = 38;

/**
 * The document as it goes out: with more pictures than `mostPictures` the first ones, since their order is the source's own.
 * The same object where there is nothing to cut; it need not have been judged yet.
 */
export function cutPictures<Document extends { image_urls?: unknown }>(ad: Document, mostPictures: number): Document {
  const pictures = ad.image_urls;
  return Array.isArray(pictures) && pictures.length > mostPictures
    ? { ...ad, image_urls: pictures.slice(0, mostPictures) }
    : ad;
}

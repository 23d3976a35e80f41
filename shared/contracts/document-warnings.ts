import type { FieldError } from "./field-error.ts";
import type { ListingDocument } from "./listing-document.ts";
import type { VehicleType } from "./vehicle-types.ts";
import { findFieldWarnings } from "./vehicle-warnings.ts";

/**
 * What the marketplace takes and the dealer would regret, in a document that has no errors. Pointers are those of errors.
 * Sources: typed-endpoints document, "Ad fields" and "Caveats"; client documentation 4.0.0 where it requires more.
 */
export function findWarnings(vehicleType: VehicleType, ad: ListingDocument): FieldError[] {
  return [
    ...bodyWarnings(ad),
    ...priceWarnings(ad),
    ...pictureWarnings(ad),
    ...videoWarnings(ad),
    ...locationWarnings(ad),
    ...findFieldWarnings(vehicleType, ad.category_fields),
  ];
}

const at = (path: string, code: string, message: string): FieldError => ({ pointer: `/data/ad${path}`, code, message });

function bodyWarnings({ body = "" }: ListingDocument): FieldError[] {
  if (body.trim() === "") {
    return [at("/body", "missing-body", "The ad has no text.")];
  }
  const message = 'Blocket shows "-" instead of each "<" and ">".';
  return /[<>]/.test(body) ? [at("/body", "replaced-characters", message)] : [];
}

function priceWarnings({ price = [] }: ListingDocument): FieldError[] {
  if (price.length === 0) {
    return [at("/price", "missing-price", "The ad shows no price.")];
  }
  return price.flatMap(({ type, amount }, place) => [
    ...(amount === 0 ? [at(`/price/${place}/amount`, "zero-price", "The ad shows a price of 0 kronor.")] : []),
    ...(type === "reduced" ? [at(`/price/${place}/type`, "reduced-on-create", reducedWords)] : []),
    ...(price.findIndex((other) => other.type === type) < place
      ? [at(`/price/${place}`, "several-prices", `${severalPrices} "${type}".`)]
      : []),
  ]);
}

const severalPrices = "Nobody knows which one the ad shows: there is more than one price of the type";

const reducedWords =
  "Blocket takes a reduced price only for an ad that is there already: a new ad is published without it, and then changed.";

const otherFormats = /\.(?:webp|gif|bmp|tiff?|svg|heic|heif|avif|pdf|mp4|mov)$/i;

function pictureWarnings({ image_urls: pictures = [] }: ListingDocument): FieldError[] {
  if (pictures.length === 0) {
    return [at("/image_urls", "missing-pictures", "The ad has no pictures.")];
  }
  const message = "Blocket takes JPG and PNG pictures; this address ends like something else.";
  return pictures.flatMap((picture, place) =>
    otherFormats.test(pathOf(picture)) ? [at(`/image_urls/${place}`, "picture-format", message)] : [],
  );
}

/** An address without its query and fragment; they were checked for being addresses before. */
function pathOf(address: string): string {
  return address.replace(/[?#].*$/s, "");
}

const videoHosts =
  /^https:\/\/(?:[a-z0-9-]+\.)*(?:youtube\.com|youtu\.be|youtube-nocookie\.com|vimeo\.com)(?:[:/?#]|$)/i;

function videoWarnings({ video_url: video }: ListingDocument): FieldError[] {
  const message = "Blocket shows videos of YouTube and Vimeo only.";
  return video === undefined || videoHosts.test(video) ? [] : [at("/video_url", "video-host", message)];
}

/** Sweden and its waters, generously. */
const sweden = { latitude: [55, 69.5], longitude: [10, 24.5] } as const;

function locationWarnings({ location }: ListingDocument): FieldError[] {
  if (location === undefined || location === null) {
    return [];
  }
  const { latitude, longitude, zipcode, lkf } = location;
  const ways = [latitude, zipcode, lkf].filter((way) => way !== undefined).length;
  const isOutside = !isWithin(latitude, sweden.latitude) || !isWithin(longitude, sweden.longitude);
  return [
    ...(ways > 1 ? [at("/location", "several-places", severalWords)] : []),
    ...(latitude !== undefined && isOutside ? [at("/location", "outside-sweden", outsideWords)] : []),
  ];
}

const severalWords =
  "Coordinates, zipcode and lkf are alternatives: with several, nobody knows which one Blocket goes by.";
const outsideWords = "These coordinates are not in Sweden. Are latitude and longitude the right way round?";

function isWithin(value: number | string | undefined, [least, most]: readonly [number, number]): boolean {
  return Number(value) >= least && Number(value) <= most;
}

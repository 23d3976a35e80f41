import { isJsonObject, type Json, type JsonObject, mergeDeep } from "./json.ts";
import type { QuirkValues } from "./quirks.ts";

/** What the marketplace keeps of a body; everything else at the top level is ignored. */
const documentFields = [
  "title",
  "body",
  "visible",
  "price",
  "image_urls",
  "url",
  "video_url",
  "location",
  "contact",
  "category_fields",
  "dont_publish_on_failed_images",
  "product_declaration",
] as const;

/** What identifies the vehicle stays even when a PUT replaces everything else. */
function identityOf({ category_fields }: JsonObject): JsonObject {
  if (!isJsonObject(category_fields)) return {};
  const { registration_number, vin } = category_fields;
  const identity = { ...(registration_number && { registration_number }), ...(vin && { vin }) };
  return Object.keys(identity).length === 0 ? {} : { category_fields: identity };
}

function pickFields(body: JsonObject): JsonObject {
  const picked: JsonObject = {};
  for (const name of documentFields) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (value !== undefined) picked[name] = value;
  }
  if (typeof picked.body === "string") picked.body = picked.body.replace(/[<>]/g, "-");
  return picked;
}

/** The document after a write: `before` is null for a POST. */
export function applyBody(
  before: JsonObject | null,
  body: JsonObject,
  method: "POST" | "PUT" | "PATCH",
  putSemantics: QuirkValues["putSemantics"],
): JsonObject {
  if (before === null) return mergeDeep({}, pickFields(body));
  const isReplaced = method === "PUT" && putSemantics === "replace";
  return mergeDeep(isReplaced ? identityOf(before) : before, pickFields(body));
}

/** `visible` is true unless it was set to false. */
export function isVisible(document: JsonObject): boolean {
  return document.visible !== false;
}

export function imageUrls(document: JsonObject): string[] {
  const urls: Json = document.image_urls ?? [];
  return Array.isArray(urls) ? urls.filter((url) => typeof url === "string") : [];
}

export function failingImages(urls: readonly string[], failingHosts: readonly string[]): string[] {
  return urls.filter((url) => failingHosts.includes(new URL(url).hostname));
}

function capitalise(slug: string): string {
  return slug
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("-");
}

/** The title that the marketplace makes for a registered vehicle: `Yamaha Aerox 2020`. */
export function generateTitle({ category_fields }: JsonObject): string {
  if (!isJsonObject(category_fields)) return "";
  const { brand, model, model_year } = category_fields;
  const words = [brand, model].filter((word) => typeof word === "string").map(capitalise);
  return [...words, ...(typeof model_year === "number" ? [String(model_year)] : [])].join(" ");
}

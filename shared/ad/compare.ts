import type { Ad, Listing, StoredDocument, Want } from "./ad.ts";
import { documentOf } from "./ad.ts";
import { clearablePointers, normalizePlate, outgoingFields } from "./document.ts";
import type { Row } from "./marketplace.ts";

type Fields = Record<string, unknown>;

/** Never echoed as sent: the API answers with `image_refs`. */
const notEchoed = new Set(["image_urls"]);

/**
 * Whether a row reads as wished: the state, and of the document each field that the row echoes, normalised as the API
 * normalises. A field the row doesn't have says nothing. Source: typed-endpoints document, "Ad fields" and "Caveats".
 */
export function readsAs(ad: Ad, want: Want, { listing, row }: { listing: Listing; row: Row }): boolean {
  const document = documentOf(ad, want);
  if (document === null) {
    return row.state === "deleted";
  }
  return row.state !== "deleted" && holdsDocument(document, listing, row.fields);
}

function holdsDocument(document: StoredDocument, listing: Listing, echoed: Fields): boolean {
  const wished: Fields = outgoingFields(document);
  const isSame = Object.entries(wished).every(
    ([name, value]) => notEchoed.has(name) || echoes(value, echoed[name], name),
  );
  return isSame && clearablePointers(listing.held, document).every((pointer) => !isLeftover(pointer, wished, echoed));
}

/** A field that an earlier document had, that the wish doesn't have, and that the row still shows. */
function isLeftover(pointer: string, wished: Fields, echoed: Fields): boolean {
  const keys = pointer
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const name = keys[0] ?? "";
  const shown = at(echoed, keys);
  const isEmpty = shown === undefined || shown === null || (Array.isArray(shown) && shown.length === 0);
  return !notEchoed.has(name) && at(wished, keys) === undefined && !isEmpty;
}

function at(fields: Fields, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as Fields)[key] : undefined),
    fields,
  );
}

function echoes(wished: unknown, echoed: unknown, name: string): boolean {
  if (echoed === undefined) {
    return true;
  }
  if (Array.isArray(wished)) {
    return Array.isArray(echoed)
      ? wished.length === echoed.length && wished.every((one, place) => echoes(one, echoed[place], name))
      : wished.length === 0 && echoed === null;
  }
  if (typeof wished === "object" && wished !== null) {
    const shown = typeof echoed === "object" && echoed !== null ? (echoed as Fields) : {};
    const isShown = echoed !== null || Object.keys(wished).length === 0;
    return isShown && Object.entries(wished).every(([key, value]) => echoes(value, shown[key], key));
  }
  return normalize(wished, name) === normalize(echoed, name);
}

function normalize(value: unknown, name: string): unknown {
  if (value === null) {
    return null;
  }
  if (name === "registration_number" || name === "vin") {
    return normalizePlate(value);
  }
  const text = String(value).replaceAll("\r\n", "\n").trim();
  return name === "body" ? text.replaceAll(/[<>]/g, "-") : text;
}

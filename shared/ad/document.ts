import { createHash } from "node:crypto";
import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import { unregisteredDocumentSchema } from "#shared/contracts/listing-document.ts";
import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { type Ad, documentOf, type StoredDocument, type Want } from "./ad.ts";

type Fields = Record<string, unknown>;

/** Names a document by its content: equal documents, whatever the order of their keys, have the same hash. */
export function hashDocument({ vehicleType, ad }: StoredDocument): string {
  return createHash("sha256").update(canonicalJson({ vehicleType, ad })).digest("base64url").slice(0, 22);
}

/** What the door had to say of the document that a want names. */
export function doorWarnings(ad: Ad, want: Want | null): readonly MarketplaceError[] {
  return documentOf(ad, want)?.warnings ?? [];
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isFields(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

/** What goes out for a document. Two defaults of the API are said aloud, so that no field's absence carries a meaning. */
export function outgoingFields(document: StoredDocument): Fields {
  return { visible: true, dont_publish_on_failed_images: false, ...structuredClone(document.ad) };
}

/** Only a listing that is there already can take a reduced price. Source: typed-endpoints document, "price". */
export function hasReducedPrice(document: StoredDocument | null): boolean {
  return document?.ad.price?.some(({ type }) => type === "reduced") ?? false;
}

/** JSON pointers of all fields that hold something: objects are walked, arrays are one field, null holds nothing. */
export function heldPointers(fields: Fields, at = ""): string[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const pointer = `${at}/${escapeKey(key)}`;
    if (isFields(value)) {
      return heldPointers(value, pointer);
    }
    return value === null ? [] : [pointer];
  });
}

/**
 * The fields of a document as a PUT sends them: with an explicit null for each held field that it may clear and doesn't have,
 * at the outermost place it lacks, so that they mean the same whether the API merges or replaces. `nulled`: pointers to those.
 */
export function fieldsOver(held: readonly string[], document: StoredDocument): { fields: Fields; nulled: string[] } {
  const fields = outgoingFields(document);
  const nulled = new Set<string>();
  for (const pointer of clearablePointers(held, document)) {
    const keys = pointer.slice(1).split("/").map(unescapeKey);
    const place = findGap(fields, keys);
    if (place !== null) {
      place.parent[place.key] = null;
      nulled.add(
        `/${keys
          .slice(0, place.depth + 1)
          .map(escapeKey)
          .join("/")}`,
      );
    }
  }
  return { fields, nulled: [...nulled] };
}

function findGap(fields: Fields, keys: readonly string[]): { parent: Fields; key: string; depth: number } | null {
  let parent = fields;
  for (const [depth, key] of keys.entries()) {
    if (!Object.hasOwn(parent, key)) {
      return { parent, key, depth };
    }
    const inner = parent[key];
    if (!isFields(inner)) {
      return null;
    }
    parent = inner;
  }
  return null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const escapeKey = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");
const unescapeKey = (key: string) => key.replaceAll("~1", "/").replaceAll("~0", "~");

/** The plate as the API compares it, without spaces and in capitals; null where the document has none. */
export function plateOf(document: StoredDocument): string | null {
  return normalizePlate(document.ad.category_fields.registration_number);
}

export function normalizePlate(plate: unknown): string | null {
  return typeof plate === "string" && plate !== "" ? plate.replaceAll(/\s/g, "").toUpperCase() : null;
}

/** What a row holds of a document's fields: of a listing taken over, these may be left from its former life. */
export function documentFields(row: Fields): Fields {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => Object.hasOwn(unregisteredDocumentSchema.shape, name)),
  );
}

/** The held fields that a document may clear: title and contact of a registered vehicle are the marketplace's own. */
export function clearablePointers(held: readonly string[], { vehicleType }: StoredDocument): string[] {
  const isOwn = (pointer: string) => /^\/(title|contact)(\/|$)/.test(pointer);
  return held.filter((pointer) => !(vehicleTypes[vehicleType].registered && isOwn(pointer)));
}

import { applyBody } from "#local/simulator/document.ts";
import { isJsonObject, type Json, type JsonObject } from "#local/simulator/json.ts";
import type { AdTruth } from "#local/simulator/marketplace.ts";
import { type Ad, documentOf } from "#shared/ad/ad.ts";
import { outgoingFields } from "#shared/ad/document.ts";

/** `truths` are the ad's listings, of all generations; `isShared`: somebody else has written to them, too. */
export type Compared = { truths: readonly AdTruth[]; isShared: boolean };

/**
 * How the marketplace differs from an ad's wish, in words; null when it doesn't. Where others write, only fields of the wish count:
 * of what it lacks, the bridge clears what it has written itself, and pictures are not echoed. A field within one that somebody has
 * taken out is not in the row either, where that says nothing.
 */
export function findDifference(ad: Ad, { truths, isShared }: Compared): string | null {
  const wanted = ad.wish === null ? null : documentOf(ad, ad.wish.want);
  const alive = truths.filter(({ state }) => state !== "deleted");
  if (wanted === null) {
    return alive.length === 0 ? null : `${alive.length} alive where none is wanted`;
  }
  const [one] = alive;
  if (one === undefined || alive.length > 1) {
    return `${alive.length} alive where one is wanted`;
  }
  if (one.sourceId !== ad.listings.at(-1)?.id) {
    return "what is alive is not the present listing";
  }
  if (one.vehicleType !== wanted.vehicleType) {
    return `a ${one.vehicleType}, not a ${wanted.vehicleType}`;
  }
  const document = applyBody(null, outgoingFields(wanted) as JsonObject, "POST", "merge");
  const holds = (held: JsonObject | null) =>
    isShared && held !== null ? isSame(restrict(held, document), restrict(document, held, 1)) : isSame(held, document);
  if (!holds(one.document)) {
    return `holds ${JSON.stringify(one.document)} for ${JSON.stringify(document)}`;
  }
  const isRight = document.visible === false ? one.liveDocument === null : holds(one.liveDocument);
  return isRight ? null : `visitors see ${JSON.stringify(one.liveDocument)}`;
}

/** What a document has of another one's fields, but for pictures; from `depth` fields down on, 0 being the document's own. */
function restrict(document: JsonObject, fields: JsonObject, depth = 0): JsonObject {
  const named = Object.entries(document).filter(([name]) => (depth > 0 || name in fields) && name !== "image_urls");
  const inner = (value: Json, field: Json | undefined) =>
    isJsonObject(value) && isJsonObject(field) ? restrict(value, field, depth - 1) : value;
  return Object.fromEntries(named.map(([name, value]) => [name, inner(value, fields[name])]));
}

function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

import { applyBody } from "#local/simulator/document.ts";
import type { JsonObject } from "#local/simulator/json.ts";
import type { AdTruth } from "#local/simulator/marketplace.ts";
import { type Ad, documentOf } from "#shared/ad/ad.ts";
import { outgoingFields } from "#shared/ad/document.ts";

/** How the marketplace differs from an ad's wish, in words; null when it doesn't. `truths` are the ad's listings, of all generations. */
export function findDifference(ad: Ad, truths: readonly AdTruth[]): string | null {
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
  if (!isSame(one.document, document)) {
    return `holds ${JSON.stringify(one.document)} for ${JSON.stringify(document)}`;
  }
  const shown = document.visible === false ? null : document;
  return isSame(one.liveDocument, shown) ? null : `visitors see ${JSON.stringify(one.liveDocument)}`;
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

import { type Reply, refusal } from "#local/simulator/exchange.ts";
import type { QuirkValues } from "#local/simulator/quirks.ts";
import { type AdView, currentView, earlierView, renderRow } from "#local/simulator/row.ts";
import { adKey, type StoredAd } from "#local/simulator/state.ts";
import { formatTimestamp } from "#local/simulator/timestamp.ts";
import { isOfType } from "#local/simulator/v3-categories.ts";
import { readAdFilters } from "./ad-filters.ts";
import type { Call } from "./call.ts";
import { pageReply, pickColumns, readNames } from "./page.ts";

/** The ads that may be meant, in order of creation; found by key when the query names ids. */
function findCandidates({ state, grant, query, vehicleType }: Call): StoredAd[] {
  const ids = query.get("source_id") ? [query.get("source_id") ?? ""] : readNames(query.get("source_id__in"));
  const isMeant = (ad: StoredAd) =>
    (vehicleType === null || isOfType(ad, vehicleType)) && grant.dealerCodes.includes(ad.dealerCode);
  if (ids.length === 0) return [...state.ads.values()].filter(isMeant);
  const found = [...new Set(ids)].flatMap((id) => grant.dealerCodes.map((code) => state.ads.get(adKey(code, id))));
  return found
    .filter((ad) => ad !== undefined)
    .filter(isMeant)
    .sort((a, b) => a.createdAt - b.createdAt);
}

/**
 * The rows of one ad, the true one first. Earlier ones that a reader could not tell from it by `updated`, in the
 * resolution in which that is shown, are left out.
 */
function viewsOf(ad: StoredAd, quirks: QuirkValues): AdView[] {
  if (quirks.rowsPerSourceId === "one") return [currentView(ad)];
  const show = (ms: number) => formatTimestamp(ms, quirks.logTimestampDigits);
  const earlier = ad.earlierRows.filter(({ updatedAt }) => show(updatedAt) < show(ad.updatedAt));
  return [currentView(ad), ...earlier.reverse().map((row) => earlierView(ad, row))];
}

const orderings: Record<string, (a: AdView, b: AdView) => number> = {
  created: (a, b) => a.ad.createdAt - b.ad.createdAt,
  updated: (a, b) => a.updatedAt - b.updatedAt,
  source_id: (a, b) => (a.ad.sourceId < b.ad.sourceId ? -1 : Number(a.ad.sourceId > b.ad.sourceId)),
};

/** In the order asked for; unknown names are ignored, and the order of creation decides among equals. */
function orderViews(views: AdView[], ordering: string | null): AdView[] {
  const isDescending = ordering?.startsWith("-") ?? false;
  const name = (ordering ?? "").replace(/^-/, "");
  const compare = Object.hasOwn(orderings, name) ? orderings[name] : undefined;
  if (compare === undefined) return views;
  return views.sort((a, b) => (isDescending ? compare(b, a) : compare(a, b)));
}

export function listAds(call: Call): Reply {
  const { state, query } = call;
  const { quirks } = state;
  const filters = readAdFilters(query, quirks);
  if (filters.kind === "refused") return refusal(filters.errors);
  const views = findCandidates(call)
    .flatMap((ad) => viewsOf(ad, quirks))
    .filter(filters.keeps);
  const fields = query.get("fields");
  const named = [...readNames(query.get("include")), ...readNames(fields)];
  const withLog = named.includes("log") || named.includes("logs");
  return pageReply(call, orderViews(views, query.get("ordering")), (view) =>
    pickColumns(renderRow(view, quirks, withLog), fields),
  );
}

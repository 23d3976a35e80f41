import type { AdRecord } from "#local/sandbox/read-ad-record.ts";
import { applyBody } from "#local/simulator/document.ts";
import type { JsonObject } from "#local/simulator/json.ts";
import type { AdTruth } from "#local/simulator/marketplace.ts";
import { outgoingFields } from "#shared/ad/document.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { isOfLog } from "#test/support/histories/check-heard.ts";
import type { Violation } from "#test/support/histories/violation.ts";

const isExcuse = ({ type }: AdEvent) => type === "AdErrored" || type === "AdStalled";

/**
 * The wish is the newest; the marketplace equals it, or listeners were told why not; and where it does, the last that was
 * told without `late` says so. `truths` are the ad's listings, of all generations.
 */
export function checkWish(record: AdRecord, truths: readonly AdTruth[], newestId: string): Violation[] {
  const { wish } = record;
  if (wish?.event.id !== newestId) {
    return [{ invariant: "the newest wish stays", message: `it has ${wish?.event.id}, not ${newestId}` }];
  }
  const violations: Violation[] = [];
  const live = truths.filter(({ state, isLive }) => isLive && state !== "deleted");
  if (live.length > 1) {
    violations.push({ invariant: "one live listing at most", message: live.map(({ sourceId }) => sourceId).join() });
  }
  const told = record.events.filter(({ data }) => !("late" in data && data.late));
  const difference = differenceFrom(record, truths);
  if (difference === null) {
    return [...violations, ...checkLast(record, truths, told)];
  }
  const last = told.at(-1);
  const saysWhy =
    told.some((event) => isExcuse(event) && event.metadata.correlationId === newestId) ||
    (last !== undefined && isExcuse(last));
  const message = `${difference}; last told: ${last?.type}`;
  return saysWhy ? violations : [...violations, { invariant: "the marketplace equals the wish", message }];
}

function checkLast({ wish }: AdRecord, truths: readonly AdTruth[], told: readonly AdEvent[]): Violation[] {
  const document = wish?.document ?? null;
  // Where no ad is wanted, an upsert refused on the way there leaves nothing to delete, and nothing to tell after it.
  const last = told.findLast((event) => document !== null || isOfLog(event));
  if (document === null && truths.length === 0) {
    return [];
  }
  const shown = document?.ad.visible === false ? ["AdUpdated", "AdUnpublished"] : ["AdPublished"];
  const expected = document === null ? ["AdDeleted"] : shown;
  // A write that changed nothing may have ended in error: what the log says of it is the last outcome all the same.
  const isErrorOfLog = last?.type === "AdErrored" && isOfLog(last);
  return isErrorOfLog || expected.includes(last?.type ?? "nothing")
    ? []
    : [{ invariant: "the last outcome told is the last", message: `${last?.type}, not ${expected.join(" or ")}` }];
}

/** How the marketplace differs from an ad's wish, in words; null when it doesn't. */
function differenceFrom({ ad, wish }: AdRecord, truths: readonly AdTruth[]): string | null {
  const wanted = wish?.document ?? null;
  const alive = truths.filter(({ state }) => state !== "deleted");
  if (wanted === null) {
    return alive.length === 0 ? null : `${alive.length} alive where none is wanted`;
  }
  const [one] = alive;
  if (one === undefined || alive.length > 1) {
    return `${alive.length} alive where one is wanted`;
  }
  if (one.sourceId !== ad.listings.at(-1)?.id || one.vehicleType !== wanted.vehicleType) {
    return "what is alive is not the present listing";
  }
  const document = applyBody(null, outgoingFields(wanted) as JsonObject, "POST", "merge");
  const shown = document.visible === false ? null : document;
  if (!isSame(one.document, document)) {
    return `holds ${JSON.stringify(one.document)} for ${JSON.stringify(document)}`;
  }
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

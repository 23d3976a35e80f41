import type { AdRecord } from "#local/sandbox/read-ad-record.ts";
import type { AdTruth } from "#local/simulator/marketplace.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { isOfLog } from "#test/support/histories/check-heard.ts";
import { findDifference } from "#test/support/histories/find-difference.ts";
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
  const difference = findDifference(record.ad, { truths, isShared: false });
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

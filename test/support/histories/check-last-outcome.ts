import type { AdTruth } from "#local/simulator/marketplace.ts";
import type { LogEntry } from "#local/simulator/state.ts";
import { type Ad, documentOf } from "#shared/ad/ad.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { isOfLog, lineOf } from "./check-heard.ts";
import type { HistoryWorld } from "./history-world.ts";
import { nameOfKey } from "./invoke.ts";

/** `events` leaves out what came late, `all` doesn't; both by sequence. */
type Told = { ad: Ad; truths: readonly AdTruth[]; events: readonly AdEvent[]; all: readonly AdEvent[] };

/**
 * Where the marketplace equals the wish, the last that was told without `late` says so; and of each listing, the newest
 * line that was told is the last that happened.
 */
export function checkLastOutcome(world: HistoryWorld, told: Told): void {
  const { ad, truths, events, all } = told;
  const name = nameOfKey(ad.key);
  // Where no ad is wanted, an upsert refused on the way there leaves nothing to delete, and nothing to tell after it.
  const last = events.findLast((event) => ad.wish?.want.kind === "document" || isOfLog(event));
  const expected = isUndone(world, name) ? null : expectedLast(ad, truths);
  // A write that would have changed nothing may have been refused, or have ended in error: that is the last outcome all the same.
  const isErrorOfWish =
    last?.type === "AdErrored" && (isOfLog(last) || last.metadata.correlationId === ad.wish?.event.id);
  if (expected !== null && !isErrorOfWish && !expected.includes(last?.type ?? "nothing")) {
    world.violations.report(
      "the last outcome told is the last",
      `${name}: ${last?.type}, not ${expected.join(" or ")}`,
    );
  }
  for (const truth of truths.filter(({ sourceId }) => !world.strangeRequests.hasPassed(sourceId))) {
    checkListing(world, truth, all);
  }
}

/**
 * Whether a stranger has done what our own writes would else have done and told of: a listing that is deleted already leaves our
 * DELETE no line. One whose request passed for ours may have been told as ours, too.
 */
function isUndone({ strangeRequests }: HistoryWorld, name: string): boolean {
  return strangeRequests.ofItem(name).some(({ root, passed }) => passed || root === "delete");
}

function expectedLast(ad: Ad, truths: readonly AdTruth[]): string[] | null {
  const wanted = ad.wish === null ? null : documentOf(ad, ad.wish.want);
  if (wanted === null) {
    return truths.length === 0 ? null : ["AdDeleted"];
  }
  return wanted.ad.visible === false ? ["AdUpdated", "AdUnpublished"] : ["AdPublished"];
}

function checkListing(
  { violations, marketplace, truth: made }: HistoryWorld,
  truth: AdTruth,
  events: readonly AdEvent[],
): void {
  const digits = marketplace.settings().quirks.logTimestampDigits?.value;
  const shown = ({ at }: LogEntry) => (digits === 0 ? Math.floor(at / 1_000) : at);
  const isOfHidden = ({ requestId, action, state }: LogEntry) =>
    action === "publish" && state === "done" && made.takenBy(requestId)?.isHidden === true;
  const isOurs = ({ requestId }: LogEntry) => made.takenBy(requestId) !== undefined;
  const facts = truth.log.filter((entry) => isOurs(entry) && isFact(entry, truth) && !isOfHidden(entry));
  const newest = Math.max(...facts.map(shown));
  const lastOnes = facts.filter((entry) => shown(entry) === newest);
  const told = events
    .filter((event) => event.metadata.listingId === truth.sourceId && isOfLog(event) && !isOfMedia(event))
    .toSorted((a, b) => Date.parse(a.metadata.occurredAt) - Date.parse(b.metadata.occurredAt))
    .at(-1);
  const isTold =
    told !== undefined &&
    lastOnes.some(
      ({ requestId, action, state }) =>
        requestId === told.metadata.causationId && action === lineOf(told).action && state === lineOf(told).state,
    );
  if (facts.length > 0 && !isTold) {
    const real = lastOnes.map(({ requestId, action, state }) => `${action} ${state} of ${requestId.slice(0, 8)}`);
    const said = told === undefined ? "nothing" : `${told.type} of ${told.metadata.causationId?.slice(0, 8)}`;
    violations.report(
      "the last outcome told is the last",
      `${truth.sourceId}: told ${said}, but last was ${real.join(" or ")}`,
    );
  }
}

function isOfMedia({ data }: AdEvent): boolean {
  return "stage" in data && data.stage === "handle_media";
}

/** Whether a line is one that listeners are told: how an action ended, but for what only leads to its end. */
function isFact({ requestId, action, state }: LogEntry, { log }: AdTruth): boolean {
  if (state === "error") {
    return action !== "handle_media";
  }
  const isDeletion = log.some((entry) => entry.requestId === requestId && entry.action === "delete");
  return state === "done" && (action === "publish" || action === "delete" || (action === "unpublish" && !isDeletion));
}

import type { AdTruth } from "#local/simulator/marketplace.ts";
import type { Ad } from "#shared/ad/ad.ts";
import { compareOrder } from "#shared/ad/order.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { chargedEvents } from "./check-charges.ts";
import { heardOf } from "./check-heard.ts";
import { checkLastOutcome } from "./check-last-outcome.ts";
import { findDifference } from "./find-difference.ts";
import type { HistoryWorld } from "./history-world.ts";
import { nameOfKey } from "./invoke.ts";
import { listingIdsOf } from "./listing-ids.ts";
import { orderRange } from "./wish-orders.ts";

/** Checks, once it is quiet, that the marketplace equals what is wished, or that listeners were told why not. */
export function checkEnd(world: HistoryWorld): void {
  checkListings(world);
  for (const ad of world.table.ads().filter(({ key }) => !("source" in key))) {
    checkNothingLeft(world, ad);
    checkNewest(world, ad);
    checkWish(world, ad);
  }
}

/** No two ads ever used one listing id. */
function checkListings({ truth, violations }: HistoryWorld): void {
  const owners = new Map<string, string>();
  for (const { listingId, made } of truth.all()) {
    const owner = owners.get(listingId) ?? made.item;
    owners.set(listingId, owner);
    if (owner !== made.item) {
      violations.report("a listing id is one ad's", `${listingId} is of ${owner} and of ${made.item}`);
    }
  }
}

/** An ad that is due at no time has nothing left to do. */
function checkNothingLeft({ violations }: HistoryWorld, ad: Ad): void {
  const left = [
    ...ad.submissions.map(({ number, phase }) => `#${number} ${phase.kind}`),
    ...(ad.wish === null || ad.wish.state === "ended" ? [] : [`a wish that is ${ad.wish.state}`]),
    ...ad.charges.map(({ call }) => `a ${call} that waits`),
    ...(ad.outbox.length > 0 ? ["an outbox"] : []),
  ];
  if (left.length > 0) {
    violations.report("nothing is forgotten", `${nameOfKey(ad.key)} has ${left.join(", ")}`);
  }
}

/** The wish is the newest of all that were accepted; where an event came twice at different times, either may count. */
function checkNewest({ queued, violations }: HistoryWorld, ad: Ad): void {
  const ranges = orderRange(queued, nameOfKey(ad.key));
  const newest = ad.wish === null ? undefined : ranges.get(ad.wish.event.id);
  if (newest === undefined) {
    if (ranges.size > 0) {
      violations.report("the newest wish stays", `${nameOfKey(ad.key)} has none of ${[...ranges.keys()]}`);
    }
    return;
  }
  for (const [id, { least }] of ranges) {
    if (compareOrder(newest.most, least) < 0) {
      violations.report("the newest wish stays", `${nameOfKey(ad.key)} has ${ad.wish?.event.id}, not the newer ${id}`);
    }
  }
}

function checkWish(world: HistoryWorld, ad: Ad): void {
  const { wish } = ad;
  if (wish === null) {
    return;
  }
  const name = nameOfKey(ad.key);
  const listingIds = listingIdsOf(world, name);
  const truths = world.marketplace.ads().filter(({ sourceId }) => listingIds.has(sourceId));
  const told = heardInOrder(world.bus.published(), name).filter((event) => !isOfCharge(world, event));
  const events = told.filter(({ type, data }) => type !== "InventoryEventRejected" && !("late" in data && data.late));
  const last = events.at(-1);
  const isShared = world.strangeRequests.ofItem(name).length > 0;
  const isUntold = isUncompared(world, truths, name) || isTakenForOurs(world, ad);
  const difference = findDifference(ad, { truths, isShared });
  if (difference !== null) {
    const saysWhy = events.some(
      ({ type, metadata }) =>
        (type === "AdErrored" || type === "AdStalled") && metadata.correlationId === wish.event.id,
    );
    if (!saysWhy && last?.type !== "AdErrored" && last?.type !== "AdStalled" && !isUntold) {
      world.violations.report("the marketplace equals the wish", `${name}: ${difference}; last told: ${last?.type}`);
    }
    return;
  }
  checkLastOutcome(world, { ad, truths, events, all: told });
}

/** Whether a stranger has changed something of the item since it was last compared: an ad at rest is not read again. */
function isUncompared({ strangeRequests }: HistoryWorld, truths: readonly AdTruth[], name: string): boolean {
  return strangeRequests.ofItem(name).some(({ requestId, listingId }) => {
    const log = truths.find(({ sourceId }) => sourceId === listingId)?.log ?? [];
    const lastAt = log.findLast((entry) => entry.requestId === requestId)?.at ?? Number.POSITIVE_INFINITY;
    return lastAt > strangeRequests.lastComparedAt(listingId);
  });
}

/**
 * Whether a stranger's request passes for ours, which is not promised where no read showed it before our write. Where one did,
 * that breaks another rule: what a stranger did is kept as such.
 */
function isTakenForOurs({ strangeRequests }: HistoryWorld, { key, listings }: Ad): boolean {
  const strange = strangeRequests.ofItem(nameOfKey(key));
  return strange.some(({ requestId }) => listings.some(({ requests }) => Number(requests[requestId]?.owner) > 0));
}

/** Whether an event tells of a charged call, which says nothing of how the ad stands. */
function isOfCharge({ queued }: HistoryWorld, { metadata: { dealerCode, itemId, correlationId } }: AdEvent): boolean {
  return chargedEvents(queued).has(`${dealerCode}/${itemId} ${correlationId}`);
}

/** What was heard of an ad, each once, by sequence. */
function heardInOrder(heard: readonly AdEvent[], name: string): AdEvent[] {
  const bySequence = new Map(heardOf(heard, name).map((event) => [event.metadata.sequence, event]));
  return [...bySequence.values()].sort((a, b) => a.metadata.sequence - b.metadata.sequence);
}

import type { ReadCall, ReadReply } from "#shared/ad/marketplace.ts";
import type { HistoryWorld } from "./history-world.ts";
import { nameOfKey } from "./invoke.ts";
import type { Invocation } from "./scheduler.ts";
import type { StrangeRequest } from "./strange-requests.ts";

/** What one invocation of `poll` has read so far of the listings with a stranger's requests. */
export type RoundReads = { comparedAt: Map<string, number>; shown: Set<StrangeRequest> };

/** Notes what a read showed of others; what comes of it is judged when the round has come to its end. */
export function noteReads(
  { strangeRequests, roundReads, table }: HistoryWorld,
  invocation: Invocation,
  { calls, replies, at }: { calls: readonly ReadCall[]; replies: readonly ReadReply[]; at: number },
): void {
  if (!strangeRequests.isAny()) {
    return;
  }
  const { comparedAt, shown } = roundReads.get(invocation) ?? { comparedAt: new Map(), shown: new Set() };
  for (const [place, reply] of replies.entries()) {
    if (reply.kind === "read" && reply.snapshot.kind === "found") {
      const listingId = calls[place]?.listingId ?? "";
      if (isToBeCompared(table, listingId)) {
        comparedAt.set(listingId, at);
      }
      for (const { requestId } of reply.snapshot.row.log) {
        const request = strangeRequests.find(requestId);
        if (request !== undefined) {
          shown.add(request);
        }
      }
    }
  }
  roundReads.set(invocation, { comparedAt, shown });
}

/** The bridge compares a row with the wish where a write ends, and in a watch; a read for a charged call says nothing of the rest. */
function isToBeCompared(table: HistoryWorld["table"], id: string): boolean {
  return table
    .ads()
    .some(
      ({ listings, submissions }) =>
        listings.some((one) => one.id === id && one.watchedSince !== null) ||
        submissions.some(({ listingId, purpose }) => listingId === id && purpose !== "charge"),
    );
}

/**
 * A round that came to its end, and in which nothing failed, has taken in what it read: from now on a stranger's request that it
 * showed is kept, unless it passes for one of a write that fits it.
 */
export function noteWholeRound(world: HistoryWorld, invocation: Invocation): void {
  const { comparedAt, shown } = world.roundReads.get(invocation) ?? { comparedAt: [], shown: [] };
  world.roundReads.delete(invocation);
  for (const [listingId, at] of comparedAt) {
    world.strangeRequests.noteCompared(listingId, at);
  }
  for (const request of shown) {
    noteShown(world, request);
  }
}

function noteShown({ table, violations }: HistoryWorld, request: StrangeRequest): void {
  const ad = table.ads().find(({ key }) => nameOfKey(key) === request.item);
  const listing = ad?.listings.find(({ id }) => id === request.listingId);
  if (ad === undefined || listing === undefined) {
    return;
  }
  request.shownBefore ??= ad.nextSubmission;
  const writes = [...listing.past, ...ad.submissions.filter(({ listingId }) => listingId === listing.id)];
  const mayPass = writes.some(({ roots }) => roots.includes(request.root));
  if (!(request.requestId in listing.requests || mayPass)) {
    violations.report(
      "what a stranger did is kept as such",
      `${request.item}: ${request.requestId} was read, and is forgotten`,
    );
  }
}

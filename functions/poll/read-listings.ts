import type { Ad } from "#shared/ad/ad.ts";
import { listingsPerRead, type ReadCall, type ReadReply } from "#shared/ad/marketplace.ts";
import { type LaneName, noteVerdict, passLane } from "#shared/steps/pass-lane.ts";
import { isOfOne } from "./ads-per-read.ts";
import type { DueAd } from "./due-ads.ts";
import { type DuePorts, type DueWork, mayRead, noteFailures } from "./due-work.ts";
import type { AdRead } from "./take-reads.ts";
import { UnreadableListingError } from "./unreadable-listing-error.ts";

/** After a failed read, unless the marketplace says how long. */
export const pausedRounds = 4;

type Failed = Extract<ReadReply, { kind: "failed" }>;

/** Asks about these ads together, and gives them with what was answered. */
export async function readAds(ports: DuePorts, ads: readonly DueAd[], work: DueWork): Promise<DueAd[]> {
  work.reads += ads.reduce((sum, { logPages }) => sum + logPages, 0);
  const calls = ads.flatMap(({ calls: ofAd }) => ofAd);
  const { reads, failure } = await readListings(ports, calls, work);
  work.failedTogether = failure !== null && isOfOne(failure.cause) ? ads.length : 0;
  return ads.map((due) => ({ ...due, reads: readsOf(due.ad, reads) }));
}

type Reads = { reads: Map<string, AdRead[]>; failure: Failed | null };

/** What the reads said, by listing, and the failure that ended them; those not made because of a closed lane or a failure before them are left out. */
async function readListings(ports: DuePorts, calls: readonly ReadCall[], work: DueWork): Promise<Reads> {
  const result: Reads = { reads: new Map(), failure: null };
  const { reads } = result;
  const [any] = calls;
  if (any === undefined) {
    return result;
  }
  const lane = { tokenId: any.tokenId, dealerCode: null };
  const passage = await passLane(ports, lane);
  work.closedUntil = passage.kind === "closed" ? passage.until : null;
  for (let first = 0; first < calls.length && mayRead(work); first += listingsPerRead) {
    const chunk = calls.slice(first, first + listingsPerRead);
    const replies = await ports.marketplace.readMany(chunk);
    work.reads += 1;
    const failure = replies.filter((reply) => reply.kind === "failed").find(({ cause }) => cause !== "listing");
    if (failure !== undefined) {
      result.failure = failure;
      await noteFailure(ports, lane, { failure, work });
    } else if (passage.kind === "open" && passage.isFaulty) {
      await noteVerdict(ports, lane, "good");
    }
    for (const [place, reply] of replies.entries()) {
      const call = chunk[place] as ReadCall;
      const name = nameOf(call);
      reads.set(name, [...(reads.get(name) ?? []), { listingId: call.listingId, reply }]);
      noteUnreadable(ports, call, { reply, work });
    }
  }
  return result;
}

/** A read that fails pauses the reading, and nothing else; only one that is unauthorized says that the token is dead. */
async function noteFailure(
  ports: DuePorts,
  lane: LaneName,
  { failure, work }: { failure: Failed; work: DueWork },
): Promise<void> {
  const { circumstances, waits } = ports;
  work.failedReads += 1;
  work.isThrottled ||= failure.cause === "throttled";
  work.readsPausedUntil = circumstances.now() + (failure.retryAfterMs ?? pausedRounds * waits.roundMs);
  if (failure.cause === "unauthorized") {
    await noteVerdict(ports, lane, "unauthorized");
  }
}

/** What cannot be read of one listing is a person's matter, and nobody else's: it pauses nothing. */
function noteUnreadable(ports: DuePorts, call: ReadCall, { reply, work }: { reply: ReadReply; work: DueWork }): void {
  if (reply.kind === "failed" && reply.cause === "listing") {
    work.failedReads += 1;
    noteFailures(ports, [{ failure: new UnreadableListingError(call, reply.reason) }], work);
  }
}

function readsOf({ key, listings }: Ad, reads: ReadonlyMap<string, AdRead[]>): AdRead[] {
  return "source" in key
    ? []
    : listings.flatMap(({ id }) => reads.get(nameOf({ dealerCode: key.dealerCode, listingId: id })) ?? []);
}

function nameOf({ dealerCode, listingId }: Pick<ReadCall, "dealerCode" | "listingId">): string {
  return JSON.stringify([dealerCode, listingId]);
}

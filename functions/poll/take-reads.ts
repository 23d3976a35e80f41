import type { Ad, Listing, Submission } from "#shared/ad/ad.ts";
import type { Context } from "#shared/ad/context.ts";
import { isSameAd } from "#shared/ad/copy-ad.ts";
import { countNewForeign } from "#shared/ad/foreign.ts";
import type { LogEntry, ReadReply } from "#shared/ad/marketplace.ts";
import { observe } from "#shared/ad/observe.ts";
import { enteredAt } from "#shared/ad/outbox.ts";
import { isHomeless, nextActionAt } from "#shared/ad/pace.ts";
import { passTime } from "#shared/ad/pass-time.ts";
import { assertChain, type ChainPorts } from "#shared/steps/assert-chain.ts";
import { changeAd } from "#shared/steps/change-ad.ts";
import { emptyOutbox, type OutboxPorts } from "#shared/steps/empty-outbox.ts";
import { withToken } from "#shared/steps/find-token.ts";
import type { SubmitQueue, Tokens } from "#shared/steps/ports.ts";
import { findUnknown } from "./find-unknown.ts";

export type TakePorts = OutboxPorts & ChainPorts & { submitQueue: SubmitQueue; tokens: Tokens };

/** What one read said of one of an ad's listings. */
export type AdRead = { listingId: string; reply: ReadReply };

/**
 * Takes what was read into an ad, tells what is new, and asks `submit` to go on with it where there is something to do. The
 * asking is only a hint: if it is lost, the ad stays due and is asked for again. `foreignRequests`, `unknownEntries`:
 * those first seen now.
 */
export async function takeReads(
  ports: TakePorts,
  due: Ad,
  reads: readonly AdRead[],
): Promise<{ foreignRequests: number; unknownEntries: string[] }> {
  const { key } = due;
  const { ad, result, hasFirstRows } = await changeAd(ports, due, async (current, context) => {
    const homed = await withToken(ports.tokens, current);
    if (homed.tokenId !== current.tokenId) {
      await assertChain(ports, homed.tokenId);
    }
    const observed = passTime(
      reads.reduce((seen, read) => observeRead(seen, read, context), homed),
      context,
    );
    const isAsking = isToBeAsked(observed, context);
    const isWorthSaving = isAsking || !isUnfinished(reads) || hasMoved(homed, observed);
    const taken = isWorthSaving ? observed : homed;
    return {
      ad: isAsking || isHomeless(observed) ? { ...taken, askedAt: context.now } : taken,
      result: {
        isAsking,
        isLeftBehind: isLeftBehind(observed, context),
        foreignRequests: countNewForeign(current, taken),
        unknownEntries: findUnknown(reads, { before: current, after: taken }),
      },
    };
  });
  if (result.isAsking && "itemId" in key) {
    await ports.submitQueue.send([{ version: 1, kind: "go-on", ...key }]);
  }
  if (hasFirstRows || result.isLeftBehind) {
    await emptyOutbox(ports, ad);
  }
  return { foreignRequests: result.foreignRequests, unknownEntries: result.unknownEntries };
}

function observeRead(ad: Ad, { listingId, reply }: AdRead, context: Context): Ad {
  return reply.kind === "read" ? observe(ad, { listingId, snapshot: reply.snapshot }, context) : ad;
}

function isToBeAsked(ad: Ad, context: Context): boolean {
  const actionAt = nextActionAt(ad, context);
  const askedLately = ad.askedAt !== null && ad.askedAt + context.waits.goOnMs > context.now;
  return actionAt !== null && actionAt <= context.now && !askedLately;
}

/**
 * Whether every read shows work that is still going on: the next round reads it again, and sees more. What such a read adds to
 * what is known of a log needs no save of its own; to forget it is as if the round had crashed before it.
 */
function isUnfinished(reads: readonly AdRead[]): boolean {
  return reads.every(({ reply }) => {
    if (reply.kind === "failed") {
      return true;
    }
    const log = reply.snapshot.kind === "found" ? reply.snapshot.row.log : [];
    const ends = new Set(log.filter(({ state }) => state !== "processing").map(nameOfAction));
    return log.some((entry) => entry.state === "processing" && !ends.has(nameOfAction(entry)));
  });
}

const nameOfAction = ({ requestId, action }: LogEntry) => `${requestId} ${action}`;

/**
 * Whether anything has changed beside what is known of a log, or a time that a later read is measured by, or a request was seen
 * that no open write has made: seen before one that fits it, it is never taken for that.
 */
function hasMoved(before: Ad, after: Ad): boolean {
  const isNoteworthy = before.listings.some((known, place) => {
    const listing = after.listings[place];
    return (
      listing !== undefined && (hasNewTime(known, listing, before.submissions) || hasStrange(known, listing, before))
    );
  });
  return isNoteworthy || !isSameAd({ ...after, listings: before.listings }, before);
}

/**
 * When it was last read at a slow pace, since when a publish waits to be told, and since when its log has rested: this one
 * only once a log at rest has been noted for a submission, since it is that note which a new line disproves.
 */
function hasNewTime(
  known: Listing,
  { readAt, untold, fingerprint }: Listing,
  submissions: readonly Submission[],
): boolean {
  const isNoted = submissions.some(
    ({ listingId, begunAt }) => listingId === known.id && known.unchangedSince >= begunAt,
  );
  const isWaiting = Object.keys(untold).some((hash) => !(hash in known.untold));
  return readAt !== known.readAt || isWaiting || (isNoted && fingerprint !== known.fingerprint);
}

function hasStrange(known: Listing, { requests }: Listing, { submissions }: Ad): boolean {
  return Object.entries(requests).some(
    ([id, { owner }]) => !(id in known.requests) && !submissions.some(({ number }) => number === owner),
  );
}

/** Rows that whoever stored them has evidently not told. */
function isLeftBehind(ad: Ad, { now, waits }: Context): boolean {
  return ad.outbox.some((row) => enteredAt(row) + waits.retryFirstMs <= now);
}

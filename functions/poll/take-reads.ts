import type { Ad, AdKey } from "#shared/ad/ad.ts";
import type { Context } from "#shared/ad/context.ts";
import type { ReadReply } from "#shared/ad/marketplace.ts";
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
import { countForeign } from "./measure-ads.ts";

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
  key: AdKey,
  reads: readonly AdRead[],
): Promise<{ foreignRequests: number; unknownEntries: string[] }> {
  const { ad, result, hasFirstRows } = await changeAd(ports, key, async (current, context) => {
    const homed = await withToken(ports.tokens, current);
    if (homed.tokenId !== current.tokenId) {
      await assertChain(ports, homed.tokenId);
    }
    const observed = passTime(
      reads.reduce((seen, read) => observeRead(seen, read, context), homed),
      context,
    );
    const isAsking = isToBeAsked(observed, context);
    return {
      ad: isAsking || isHomeless(observed) ? { ...observed, askedAt: context.now } : observed,
      result: {
        isAsking,
        isLeftBehind: isLeftBehind(observed, context),
        foreignRequests: Math.max(0, countForeign(observed) - countForeign(current)),
        unknownEntries: findUnknown(reads, { before: current, after: observed }),
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

/** Rows that whoever stored them has evidently not told. */
function isLeftBehind(ad: Ad, { now, waits }: Context): boolean {
  return ad.outbox.some((row) => enteredAt(row) + waits.retryFirstMs <= now);
}

import type { Ad, AdKey } from "#shared/ad/ad.ts";
import type { Context } from "#shared/ad/context.ts";
import { countNewForeign } from "#shared/ad/foreign.ts";
import { nextDueAt } from "#shared/ad/pace.ts";
import { passTime } from "#shared/ad/pass-time.ts";
import { type Action, plan } from "#shared/ad/plan.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import { assertChain, type ChainPorts } from "#shared/steps/assert-chain.ts";
import { type Changed, changeAd } from "#shared/steps/change-ad.ts";
import { emptyOutbox, type OutboxPorts } from "#shared/steps/empty-outbox.ts";
import { withToken } from "#shared/steps/find-token.ts";
import { type LaneName, type Passage, passLane } from "#shared/steps/pass-lane.ts";
import type { Tokens } from "#shared/steps/ports.ts";
import { type PerformPorts, performAction } from "./perform-action.ts";
import { keyOf, type Step, type TakePorts, takeMessage } from "./take-message.ts";

/** One line where a read of `submit` has shown requests that somebody else made. */
export type ForeignLog = { dealerCode: string | null; listingId: string | null; foreignRequests: number };

export type SubmitPorts = OutboxPorts &
  ChainPorts &
  PerformPorts &
  TakePorts & { tokens: Tokens; logForeign: (line: ForeignLog) => void };

/** How long the caller has left: a call is begun only if it can also end. */
export type Deadline = { remainingMs: () => number };

/** Calls for one message at most; what is left then is the item's, and `poll` asks for it. */
const callsAtMost = 6;
const storeMarginMs = 3_000;

/**
 * Takes one message: stores what it says in its ad, and goes on with that ad as far as it can without waiting. Every later
 * step is found by its time in the item. The outbox comes last, so that a bus that fails puts no write in doubt.
 *
 * @throws RetryableError when AWS fails or too little time is left to begin; the message may be taken again, any number of times.
 */
export async function submit(ports: SubmitPorts, message: QueueMessage, deadline: Deadline): Promise<void> {
  const hasTime = () => deadline.remainingMs() > ports.waits.callMs + storeMarginMs;
  if (!hasTime()) {
    throw new RetryableError("too little time is left to begin with this message");
  }
  const key = keyOf(message);
  let step: Step | null = takeMessage(ports, message);
  let isTeller = false;
  let which: AdKey | Ad = key;
  for (let calls = 0; step !== null; calls += 1) {
    const { ad, result, hasFirstRows } = await store(ports, which, {
      step,
      calls,
      mayCall: calls < callsAtMost && hasTime(),
    });
    which = ad;
    noteForeign(ports, ad, result.foreignRequests);
    isTeller ||= hasFirstRows;
    step = await performAction(ports, result);
    if (step === null && isTeller) {
      await emptyOutbox(ports, ad);
    }
  }
}

function noteForeign({ logForeign }: SubmitPorts, ad: Ad, foreignRequests: number): void {
  if (foreignRequests > 0) {
    const dealerCode = "dealerCode" in ad.key ? ad.key.dealerCode : null;
    logForeign({ dealerCode, listingId: ad.listings.at(-1)?.id ?? null, foreignRequests });
  }
}

/** What may be done now that it is stored, and whether the lane of its call needs word of it. */
type Granted = { action: Action; isFaulty: boolean };

/** Stores a step together with the plan that follows from it. */
function store(
  ports: SubmitPorts,
  which: AdKey | Ad,
  { step, calls, mayCall }: { step: Step; calls: number; mayCall: boolean },
): Promise<Changed<Granted & { foreignRequests: number }>> {
  const pass = oncePerLane(ports);
  return changeAd(ports, which, async (current, context) => {
    const changed = { ...(await withToken(ports.tokens, await step(current, context))), askedAt: null };
    const planned = mayCall ? await planWithinLane(changed, { context, calls, pass }) : withoutCall(changed, context);
    // Behind a call the ad has been due since the intent was stored, and the chain of its token was seen to run then.
    const isSeen = calls > 0 && planned.ad.tokenId === current.tokenId;
    if (!isSeen && nextDueAt(planned.ad, context) !== null) {
      await assertChain(ports, planned.ad.tokenId);
    }
    return { ad: planned.ad, result: { ...planned, foreignRequests: countNewForeign(current, planned.ad) } };
  });
}

type Way = { context: Context; calls: number; pass: PassLane };

/**
 * The plan, if the lane of its call is open; else the ad waits for that. The one whose call has just closed it comes back
 * first, as the next probe; the others spread out, so that opening is no stampede.
 */
async function planWithinLane(ad: Ad, { context, calls, pass }: Way): Promise<Granted & { ad: Ad }> {
  const { ad: planned, action } = plan(ad, context);
  if (action.kind === "none") {
    return { ad: planned, action, isFaulty: false };
  }
  const { tokenId, dealerCode } = action.call;
  const passage = await pass({ tokenId, dealerCode });
  if (passage.kind === "closed") {
    const spreadMs = calls > 0 ? 0 : context.random() * context.waits.laneClosedMs;
    const heldUntil = passage.until + Math.round(spreadMs);
    return withoutCall({ ...ad, heldUntil }, context);
  }
  return { ad: { ...planned, heldUntil: null }, action, isFaulty: passage.isFaulty };
}

function withoutCall(ad: Ad, context: Context): Granted & { ad: Ad } {
  return { ad: passTime(ad, context), action: { kind: "none" }, isFaulty: false };
}

type PassLane = (name: LaneName) => Promise<Passage>;

/** A probe is claimed once, however often the decision has to be made anew. */
function oncePerLane(ports: SubmitPorts): PassLane {
  const passed = new Map<string, Promise<Passage>>();
  return (name) => {
    const key = JSON.stringify([name.tokenId, name.dealerCode]);
    const passage = passed.get(key) ?? passLane(ports, name);
    passed.set(key, passage);
    return passage;
  };
}

import type { Ad, AdKey } from "#shared/ad/ad.ts";
import { nextDueAt } from "#shared/ad/pace.ts";
import { passTime } from "#shared/ad/pass-time.ts";
import { type Action, type Plan, plan } from "#shared/ad/plan.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import { assertChain, type ChainPorts } from "#shared/steps/assert-chain.ts";
import { changeAd } from "#shared/steps/change-ad.ts";
import { emptyOutbox, type OutboxPorts } from "#shared/steps/empty-outbox.ts";
import { withToken } from "#shared/steps/find-token.ts";
import type { Tokens } from "#shared/steps/ports.ts";
import { type PerformPorts, performAction } from "./perform-action.ts";
import { keyOf, type Step, takeMessage } from "./take-message.ts";

export type SubmitPorts = OutboxPorts & ChainPorts & PerformPorts & { tokens: Tokens };

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
  let step: Step | null = takeMessage(ports.table, message);
  for (let calls = 0; step !== null; calls += 1) {
    const { ad, result } = await store(ports, key, { step, mayCall: calls < callsAtMost && hasTime() });
    step = await performAction(ports, result);
    if (step === null) {
      await emptyOutbox(ports, ad);
    }
  }
}

/** Stores a step together with the plan that follows from it. */
function store(
  ports: SubmitPorts,
  key: AdKey,
  { step, mayCall }: { step: Step; mayCall: boolean },
): Promise<{ ad: Ad; result: Action }> {
  return changeAd(ports, key, async (current, context) => {
    const changed = { ...(await withToken(ports.tokens, await step(current, context))), askedAt: null };
    const planned: Plan = mayCall
      ? plan(changed, context)
      : { ad: passTime(changed, context), action: { kind: "none" } };
    if (nextDueAt(planned.ad, context) !== null) {
      await assertChain(ports, planned.ad.tokenId);
    }
    return { ad: planned.ad, result: planned.action };
  });
}

import { applyValidation } from "#shared/ad/check-document.ts";
import type { Verdict } from "#shared/ad/lane.ts";
import type { ReadReply, Reply, ValidateReply, WriteCall } from "#shared/ad/marketplace.ts";
import type { Action } from "#shared/ad/plan.ts";
import { applyRead } from "#shared/ad/read-back.ts";
import { applyReply } from "#shared/ad/reply.ts";
import { type LanePorts, noteVerdict } from "#shared/steps/pass-lane.ts";
import type { Marketplace } from "#shared/steps/ports.ts";
import type { Step } from "./take-message.ts";

/** One line for each call to the marketplace. */
export type CallLog = {
  tokenId: string;
  dealerCode: string;
  listingId?: string;
  call: string;
  outcome: string;
  durationMs: number;
};

export type PerformPorts = LanePorts & { marketplace: Marketplace; logCall: (line: CallLog) => void };

/** What came of a call: the next change to the ad, and what the call says of its lane. */
type Performed = { step: Step; verdict: Verdict; call: string; outcome: string };

/**
 * Makes the call an action asks for, and notes what it says of its lane: of one in order only what is bad. null when there
 * was nothing to do.
 */
export async function performAction(
  ports: PerformPorts,
  { action, isFaulty }: { action: Action; isFaulty: boolean },
): Promise<Step | null> {
  if (action.kind === "none") {
    return null;
  }
  const startedAt = ports.circumstances.now();
  const { step, verdict, call, outcome } = await perform(ports.marketplace, action);
  const { tokenId, dealerCode } = action.call;
  const listing = "listingId" in action.call ? { listingId: action.call.listingId } : {};
  const durationMs = ports.circumstances.now() - startedAt;
  ports.logCall({ tokenId, dealerCode, ...listing, call, outcome, durationMs });
  if (isFaulty || verdict !== "good") {
    await noteVerdict(ports, { tokenId, dealerCode }, verdict);
  }
  return step;
}

async function perform(marketplace: Marketplace, action: Exclude<Action, { kind: "none" }>): Promise<Performed> {
  switch (action.kind) {
    case "write": {
      const { submission, call } = action;
      const reply = await judgeShutOut(marketplace, call, await marketplace.write(call));
      const verdict = verdictOf(reply);
      const step: Step = (ad, context) => applyReply(ad, { submission, attemptId: call.attemptId }, { reply, context });
      return { step, verdict, call: call.call, outcome: describe(reply) };
    }
    case "charge": {
      const { submission, call } = action;
      const reply = await marketplace.charge(call);
      const step: Step = (ad, context) => applyReply(ad, { submission, attemptId: call.attemptId }, { reply, context });
      const verdict = reply.kind === "forbidden" ? "unclear" : verdictOf(reply);
      return { step, verdict, call: call.call, outcome: describe(reply) };
    }
    case "read": {
      const reply = await marketplace.read(action.call);
      const step: Step = (ad, context) => applyRead(ad, action.submission, { reply, context });
      return { step, verdict: verdictOfRead(reply), call: "get", outcome: describe(reply) };
    }
    case "validate": {
      const reply = await marketplace.validate(action.call);
      const step: Step = (ad, context) => applyValidation(ad, action.event, { reply, context });
      return { step, verdict: verdictOfValidation(reply), call: "validate", outcome: describe(reply) };
    }
    default:
      throw new Error(`unknown action ${JSON.stringify(action satisfies never)}`);
  }
}

/**
 * A 403 says that the token doesn't fit only when a free read is forbidden too. A 404 for a listing seen before says so only
 * when a read doesn't find it either, and the token shows no other ad of the dealer. Else it is the matter of this one ad, and
 * the lane is in order.
 */
async function judgeShutOut(marketplace: Marketplace, call: WriteCall, reply: Reply): Promise<Reply> {
  if (reply.kind === "forbidden") {
    const read = await marketplace.read(call);
    const isForbidden = read.kind === "failed" && (read.cause === "forbidden" || read.cause === "unauthorized");
    return isForbidden ? reply : refusedAs("forbidden", "The token may not make this write, though it may read.");
  }
  if (isLost(reply, call)) {
    const read = await marketplace.read(call);
    if (read.kind === "failed") {
      const { reason, retryAfterMs, cause } = read;
      return {
        kind: "not-made",
        reason: `not found, and no read: ${reason}`,
        retryAfterMs,
        throttled: cause !== "outage",
      };
    }
    if (read.snapshot.kind === "found") {
      return refusedAs("not-found", "The listing is there, but not for this write.");
    }
    const isGone = read.snapshot.kind === "absent" && !read.snapshot.taken && (await marketplace.showsOthers(call));
    return isGone ? reply : { kind: "forbidden" };
  }
  return reply;
}

const isLost = (reply: Reply, call: WriteCall) => reply.kind === "not-found" && call.listingSeen;

function refusedAs(code: string, message: string): Reply {
  return { kind: "refused", errors: [{ code, pointer: null, message }] };
}

function verdictOf(reply: Reply): Verdict {
  switch (reply.kind) {
    case "accepted":
    case "refused":
    case "exists":
    case "not-found":
      return "good";
    case "in-doubt":
      return "failure";
    case "not-made":
      return reply.throttled ? "unclear" : "failure";
    case "unauthorized":
    case "forbidden":
      return reply.kind;
    default:
      throw new Error(`unknown reply ${JSON.stringify(reply satisfies never)}`);
  }
}

function verdictOfRead(reply: ReadReply): Verdict {
  if (reply.kind === "read") {
    return "good";
  }
  const verdicts = { outage: "failure", throttled: "unclear", listing: "unclear", other: "unclear" } as const;
  return reply.cause === "unauthorized" || reply.cause === "forbidden" ? reply.cause : verdicts[reply.cause];
}

/** A check that fails is the matter of the one correction: it would close the lane for every other ad of the dealer. */
function verdictOfValidation(reply: ValidateReply): Verdict {
  if (reply.kind === "failed") {
    return "unclear";
  }
  return reply.kind === "unauthorized" ? "unauthorized" : "good";
}

function describe(reply: Reply | ReadReply | ValidateReply): string {
  if (reply.kind === "read") {
    return reply.snapshot.kind;
  }
  return "reason" in reply ? `${reply.kind}: ${reply.reason}` : reply.kind;
}

import type { Action } from "#shared/ad/plan.ts";
import { applyRead } from "#shared/ad/read-back.ts";
import { applyReply } from "#shared/ad/reply.ts";
import type { Circumstances, Marketplace } from "#shared/steps/ports.ts";
import type { Step } from "./take-message.ts";

/** One line for each call to the marketplace. */
export type CallLog = {
  tokenId: string;
  dealerCode: string;
  listingId: string;
  call: "post" | "put" | "delete" | "get";
  outcome: string;
  durationMs: number;
};

export type PerformPorts = { marketplace: Marketplace; circumstances: Circumstances; logCall: (line: CallLog) => void };

/** Makes the call an action asks for. What comes of it is the next change to the ad; null when there was nothing to do. */
export async function performAction(ports: PerformPorts, action: Action): Promise<Step | null> {
  if (action.kind === "none") {
    return null;
  }
  const startedAt = ports.circumstances.now();
  const log = (call: CallLog["call"], outcome: string) => {
    const { tokenId, dealerCode, listingId } = action.call;
    const durationMs = ports.circumstances.now() - startedAt;
    ports.logCall({ tokenId, dealerCode, listingId, call, outcome, durationMs });
  };
  if (action.kind === "write") {
    const { submission, call } = action;
    const reply = await ports.marketplace.write(call);
    log(call.call, "reason" in reply ? `${reply.kind}: ${reply.reason}` : reply.kind);
    return (ad, context) => applyReply(ad, { submission, attemptId: call.attemptId }, { reply, context });
  }
  const reply = await ports.marketplace.read(action.call);
  log("get", reply.kind === "read" ? reply.snapshot.kind : `failed: ${reply.reason}`);
  return (ad, context) => applyRead(ad, action.submission, { reply, context });
}

import type { Measures } from "#shared/contracts/metrics.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";
import type { CallLog } from "./perform-action.ts";

/** One line for each call to the marketplace, with what it counts for. */
export function callLog(logger: EventLogger): (line: CallLog) => void {
  return (line) => logger.event("submit.called", line, measureCall(line));
}

const writes: readonly string[] = ["post", "put", "delete"];
const charges: readonly string[] = ["bump", "pole_position"];

/** Outcomes are the kinds of replies, with a reason behind a colon where there is one. */
function measureCall({ call, outcome }: CallLog): Measures {
  const [kind] = outcome.split(":");
  return {
    ...(writes.includes(call) && kind === "accepted" && { Submitted: 1 }),
    ...(charges.includes(call) && { ChargedCalls: 1 }),
    ...(kind === "in-doubt" && { InDoubt: 1 }),
  };
}

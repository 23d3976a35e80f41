import type { Measures } from "#shared/contracts/metrics.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";
import type { CallLog } from "./perform-action.ts";
import type { ForeignLog } from "./submit.ts";

/** One line for each call to the marketplace, with what it counts for. */
export function callLog(logger: EventLogger): (line: CallLog) => void {
  return (line) => logger.event("submit.called", line, measureCall(line));
}

/** One line for each read of `submit` that showed others' requests; `poll` counts those that it sees first. */
export function foreignLog(logger: EventLogger): (line: ForeignLog) => void {
  return (line) => logger.event("submit.foreign-requests", line, { ForeignRequests: line.foreignRequests });
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

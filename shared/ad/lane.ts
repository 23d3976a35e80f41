import type { Context } from "./context.ts";

/**
 * All calls with one token for one dealer, as far as something is wrong with them; a lane in order has no record.
 * `dealerCode` null stands for all dealers of the token. `tokenVersion` names the token's value at the time. Of a pause
 * `closedUntil` is when it began.
 */
export type Lane = {
  tokenId: string;
  dealerCode: string | null;
  failures: number;
  closedUntil: number | null;
  reason: LaneFault | null;
  tokenVersion: string;
  revision: number;
};

/** What closes a lane: a dead token, one that doesn't fit its dealer, failures in a row, or a person. */
export type LaneFault = "unauthorized" | "forbidden" | "failures" | "paused";

/** Under which the pauses lie, as a dealer stays paused whatever token is his; no token can be named so. */
export const anyToken = "*";

/** The lane of a dealer that a person has paused: no probe and no other token opens it, only a person. */
export function pausedLane(dealerCode: string, now: number): Lane {
  return {
    tokenId: anyToken,
    dealerCode,
    failures: 0,
    closedUntil: now,
    reason: "paused",
    tokenVersion: "",
    revision: 0,
  };
}

/** What a call says of its lane. `unclear` says nothing. */
export type Verdict = "good" | "unclear" | "failure" | "unauthorized" | "forbidden";

/** So many failures in a row close a lane. */
const failuresAtMost = 5;

export type Admission = { kind: "open" } | { kind: "closed"; until: number } | { kind: "probe"; claimed: Lane };

/**
 * Whether a call may be made. A lane that has been closed for its time, or whose token has changed, lets one call through as
 * the probe: it is claimed by pushing the time on, so that nobody else tries meanwhile. One that a person has closed lets
 * none through; who waits for it asks again.
 */
export function admit(lane: Lane | undefined, tokenVersion: string, { now, waits }: Context): Admission {
  if (lane === undefined || lane.closedUntil === null) {
    return { kind: "open" };
  }
  if (lane.reason === "paused") {
    return { kind: "closed", until: now + waits.laneClosedMs };
  }
  if (lane.closedUntil > now && lane.tokenVersion === tokenVersion) {
    return { kind: "closed", until: lane.closedUntil };
  }
  return { kind: "probe", claimed: { ...lane, closedUntil: now + waits.laneClosedMs, tokenVersion } };
}

/** The lane after a call: null when it is in order, the same when the call says nothing of it. */
export function judge(lane: Lane, verdict: Verdict, { now, waits }: Context): Lane | null {
  const closed = (reason: LaneFault): Lane => ({ ...lane, reason, closedUntil: now + waits.laneClosedMs });
  switch (verdict) {
    case "good":
      return null;
    case "unclear":
      return lane;
    case "failure": {
      const failures = lane.failures + 1;
      return failures >= failuresAtMost || lane.closedUntil !== null
        ? { ...closed(lane.reason ?? "failures"), failures }
        : { ...lane, failures };
    }
    case "unauthorized":
    case "forbidden":
      return closed(verdict);
    default:
      throw new Error(`unknown verdict ${verdict satisfies never}`);
  }
}

import type { EventLogger } from "#shared/lambda/logger.ts";
import type { StandingLog } from "./look-around.ts";
import type { RoundLog } from "./run-round.ts";

/** One line for each round that did something. */
export function roundLog(logger: EventLogger): (line: RoundLog) => void {
  return ({ isThrottled, oldestOpenMs, oldestRemovalMs, foreignRequests, unknownEntries, ...fields }) =>
    logger.event("poll.round", unknownEntries.length > 0 ? { ...fields, unknownEntries } : fields, {
      Reads: fields.reads,
      ...(isThrottled && { Throttled: 1 }),
      ...(foreignRequests > 0 && { ForeignRequests: foreignRequests }),
      ...(unknownEntries.length > 0 && { UnknownEntries: unknownEntries.length }),
      OldestOpenSubmission: oldestOpenMs,
      OldestRemoval: oldestRemovalMs,
    });
}

/** One line for each tick. */
export function standingLog(logger: EventLogger): (line: StandingLog) => void {
  return ({ lanesClosed, tokenDaysLeft }) =>
    logger.event(
      "poll.standing",
      {},
      {
        LanesClosed: lanesClosed,
        ...(tokenDaysLeft !== null && { TokenDaysLeft: tokenDaysLeft }),
      },
    );
}

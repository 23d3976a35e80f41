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

/** One line for each tick; an error where there are no tokens to work with. */
export function standingLog(logger: EventLogger): (line: StandingLog) => void {
  return (line) => {
    if (line.kind === "no-tokens") {
      logger.error("poll.standing", line.fault, {}, { TokensUnusable: 1 });
      return;
    }
    const { lanesClosed, tokenDaysLeft } = line;
    const daysLeft = tokenDaysLeft !== null && { TokenDaysLeft: tokenDaysLeft };
    logger.event("poll.standing", {}, { TokensUnusable: 0, LanesClosed: lanesClosed, ...daysLeft });
  };
}

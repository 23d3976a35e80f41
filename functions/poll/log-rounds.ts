import type { EventLogger } from "#shared/lambda/logger.ts";
import type { StandingLog } from "./look-around.ts";
import type { RoundLog } from "./run-round.ts";

/** One line for each round that did something. It names the ads that the metrics of the oldest are about. */
export function roundLog(logger: EventLogger): (line: RoundLog) => void {
  return ({ isThrottled, oldestOpen, oldestRemoval, foreignRequests, unknownEntries, ...counts }) => {
    const fields = {
      ...counts,
      ...(unknownEntries.length > 0 && { unknownEntries }),
      ...(oldestOpen && { openDealerCode: oldestOpen.dealerCode, openListingId: oldestOpen.listingId }),
      ...(oldestRemoval && { removalDealerCode: oldestRemoval.dealerCode, removalListingId: oldestRemoval.listingId }),
    };
    logger.event("poll.round", fields, {
      Reads: fields.reads,
      ...(isThrottled && { Throttled: 1 }),
      ...(foreignRequests > 0 && { ForeignRequests: foreignRequests }),
      ...(unknownEntries.length > 0 && { UnknownEntries: unknownEntries.length }),
      ...(fields.failedAds > 0 && { FailedAds: fields.failedAds }),
      OldestOpenSubmission: oldestOpen?.ms ?? 0,
      OldestRemoval: oldestRemoval?.ms ?? 0,
    });
  };
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

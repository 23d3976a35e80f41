import type { Lane, LaneFault } from "#shared/ad/lane.ts";

const reasons: Record<LaneFault, string> = {
  unauthorized: "the marketplace does not take the token (401)",
  forbidden: "the token does not reach this dealer (403, or 404 to a PUT)",
  failures: "calls failed in a row",
  paused: "a person has paused it",
};

/** A lane with which something is wrong, in a line. */
export function describeLane({ tokenId, dealerCode, failures, closedUntil, reason }: Lane): string {
  const whose = `lane ${tokenId}/${dealerCode ?? "(all dealers)"}`;
  if (closedUntil === null) {
    return `${whose} is open, ${failures} failures in a row`;
  }
  if (reason === "paused") {
    const since = new Date(closedUntil).toISOString();
    return `${dealerCode} is paused since ${since}, until it is opened with: lanes open ${dealerCode}`;
  }
  const until = `the next call after ${new Date(closedUntil).toISOString()} tries it`;
  return `${whose} is closed: ${reason === null ? "" : reasons[reason]}; ${until}`;
}

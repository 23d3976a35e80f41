import type { Waits } from "#shared/contracts/waits.ts";
import type { Chain } from "#shared/steps/ports.ts";
import type { Violations } from "./violation.ts";

/** `mayPause`: a read may fail that is about more than one listing. */
export type CheckRoundsOptions = { now: () => number; waits: Waits; violations: Violations; mayPause: boolean };

/**
 * Counts the rounds that each token's chain begins: one chain can only begin so many in a minute. And what cannot be read of one
 * listing pauses the reading of no other.
 */
export function checkRounds({ now, waits, violations, mayPause }: CheckRoundsOptions) {
  const claims = new Map<string, number[]>();
  // A message of a chain that was forgotten may pass for one of its successor, and so run a round early: that is all.
  const most = 60_000 / waits.roundMs + 4;
  return ({ tokenId, round, asleep, readsPausedUntil }: Chain, before: Chain | null): void => {
    if (!mayPause && readsPausedUntil !== null) {
      violations.report("reads pause for no single listing", `${tokenId} pauses, though every list is answered`);
    }
    if (before === null || before.asleep !== asleep || before.round === round) {
      return;
    }
    const lately = (claims.get(tokenId) ?? []).filter((at) => at > now() - 60_000);
    claims.set(tokenId, [...lately, now()]);
    if (lately.length + 1 > most) {
      violations.report(
        "one chain per token",
        `${tokenId} runs ${lately.length + 1} rounds in a minute, now ${round - 1}`,
      );
    }
  };
}

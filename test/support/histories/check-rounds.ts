import type { Waits } from "#shared/contracts/waits.ts";
import type { Chain } from "#shared/steps/ports.ts";
import type { Violations } from "./violation.ts";

export type CheckRoundsOptions = { now: () => number; waits: Waits; violations: Violations };

/** Counts the rounds that each token's chain begins: one chain can only begin so many in a minute. */
export function checkRounds({ now, waits, violations }: CheckRoundsOptions) {
  const claims = new Map<string, number[]>();
  // A message of a chain that was forgotten may pass for one of its successor, and so run a round early: that is all.
  const most = 60_000 / waits.roundMs + 4;
  return ({ tokenId, round, asleep }: Chain, before: Chain | null): void => {
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

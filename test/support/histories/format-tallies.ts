import { type StormLevel, stormLevels } from "./history.ts";
import type { BatchResult, Failure, Tally } from "./play-batch.ts";

/** What many histories came to, in a few lines: how many, how much happened in them, and what they violated. */
export function formatTallies({ tallies, failures }: BatchResult, durationMs: number): string[] {
  const all = Object.values(tallies).reduce((sum, { histories }) => sum + histories, 0);
  const levels = stormLevels.flatMap((level) => {
    const tally = tallies[level];
    return tally === undefined ? [] : [formatTally(level, tally, failures)];
  });
  const kinds = [...Map.groupBy(failures, ({ violation }: Failure) => violation.invariant)];
  return [
    ...levels,
    `${all} histories in ${(durationMs / 1_000).toFixed(1)} s, ${Math.round((all * 1_000) / durationMs)} per second`,
    `${failures.length} violations`,
    ...kinds.map(
      ([invariant, ones]) => `  ${invariant}: ${ones.length}, of seeds ${ones.slice(0, 10).map(({ seed }) => seed)}`,
    ),
    ...failures.slice(0, 3).map(({ seed, storm }) => `  npm run test:histories -- --seed ${seed} --storm ${storm}`),
  ];
}

function formatTally(level: StormLevel, tally: Tally, failures: readonly Failure[]): string {
  const perChange = (count: number) => (count / tally.changes).toFixed(2);
  const bad = failures.filter(({ storm }) => storm === level).length;
  const hours = Math.round(tally.virtualMs / tally.histories / 360_000) / 10;
  return (
    `${level.padEnd(6)} ${tally.histories} histories of ${hours} h, ${tally.changes} changes, ` +
    `${perChange(tally.writes)} writes and ${perChange(tally.reads)} reads per change, ${bad} violations`
  );
}

import { generateHistory } from "./generate-history.ts";
import type { StormLevel } from "./history.ts";
import { type Played, playHistory } from "./play-history.ts";
import type { Violation } from "./violation.ts";

/** Which histories: `count` seeds from `from` on. Without a level, each seed has its own. */
export type Batch = { from: number; count: number; storm: StormLevel | null };

export type Failure = { seed: number; storm: StormLevel; violation: Violation };

/** What was played at one level. `virtualMs` is how much time passed in it. */
export type Tally = { histories: number; changes: number; writes: number; reads: number; virtualMs: number };

export type BatchResult = { tallies: Partial<Record<StormLevel, Tally>>; failures: Failure[] };

export async function playBatch({ from, count, storm }: Batch): Promise<BatchResult> {
  const result: BatchResult = { tallies: {}, failures: [] };
  for (let seed = from; seed < from + count; seed += 1) {
    const played = await playHistory(generateHistory(seed, storm));
    add(result, played);
  }
  return result;
}

function add({ tallies, failures }: BatchResult, { history, violations, counts, virtualMs }: Played): void {
  const one = { histories: 1, changes: history.changes.length, writes: counts.writes, reads: counts.reads, virtualMs };
  tallies[history.storm] = sum(tallies[history.storm], one);
  const [violation] = violations;
  if (violation !== undefined) {
    failures.push({ seed: history.seed, storm: history.storm, violation });
  }
}

/** Both results together. */
export function mergeResults(a: BatchResult, b: BatchResult): BatchResult {
  const tallies = { ...a.tallies };
  for (const [level, tally] of Object.entries(b.tallies) as [StormLevel, Tally][]) {
    tallies[level] = sum(tallies[level], tally);
  }
  return { tallies, failures: [...a.failures, ...b.failures] };
}

function sum(a: Tally | undefined, b: Tally): Tally {
  return a === undefined
    ? b
    : {
        histories: a.histories + b.histories,
        changes: a.changes + b.changes,
        writes: a.writes + b.writes,
        reads: a.reads + b.reads,
        virtualMs: a.virtualMs + b.virtualMs,
      };
}

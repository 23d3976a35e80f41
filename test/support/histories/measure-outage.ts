import { dawn } from "./history.ts";
import { editsPerAd, type OutageKind, outageHistory, outageSpan } from "./outage-history.ts";
import { playHistory } from "./play-history.ts";
import type { Violation } from "./violation.ts";

/** What an outage cost: calls while it lasted and after it, and what came of the ads. */
export type OutageReport = {
  kind: OutageKind;
  ads: number;
  /** `writes`: those among the calls that were to change an ad, whatever came of them. */
  during: { calls: number; writes: number; perMinute: number };
  /** The most calls that began within one second, and within one minute; writes and calls of any kind for each ad. */
  after: { perSecond: number; perMinute: number; writesPerAd: number; callsPerAd: number; drainedMs: number };
  deadLetters: number;
  published: number;
  violations: readonly Violation[];
};

/** Plays an hour's outage in virtual time, with no bound on how many invocations run at once. */
export async function measureOutage(asked: { ads: number; kind: OutageKind }): Promise<OutageReport> {
  const { ads, kind } = asked;
  const { world, violations } = await playHistory(outageHistory(asked));
  const [from, until] = [dawn + outageSpan.from, dawn + outageSpan.until];
  const during = world.calls.filter(({ at }) => at >= from && at < until);
  const after = world.calls.filter(({ at }) => at >= until);
  const isWrite = ({ item }: { item: string | null }) => item !== null;
  const writes = after.filter(isWrite);
  return {
    kind,
    ads,
    during: { calls: during.length, writes: during.filter(isWrite).length, perMinute: densest(during, 60_000) },
    after: {
      perSecond: densest(after, 1_000),
      perMinute: densest(after, 60_000),
      writesPerAd: writes.length / ads,
      callsPerAd: after.length / ads,
      drainedMs: Math.max(until, ...writes.map(({ at }) => at)) - until,
    },
    deadLetters: violations.filter(({ invariant }) => invariant === "no message becomes a dead letter").length,
    published: world.marketplace.ads().filter(({ document }) => priceOf(document) === 100_000 + editsPerAd).length,
    violations,
  };
}

function priceOf({ price }: Record<string, unknown>): unknown {
  return (price as { amount: number }[] | undefined)?.[0]?.amount;
}

/** The most calls that began within any one such span. */
function densest(calls: readonly { at: number }[], spanMs: number): number {
  const times = calls.map(({ at }) => at).sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (const [place, at] of times.entries()) {
    while ((times[first] ?? at) <= at - spanMs) {
      first += 1;
    }
    most = Math.max(most, place - first + 1);
  }
  return most;
}

import type { LanePorts } from "#shared/steps/pass-lane.ts";
import type { Chain, Marketplace } from "#shared/steps/ports.ts";
import type { OldestAd } from "./measure-ads.ts";
import type { TakePorts } from "./take-reads.ts";

export type DuePorts = TakePorts &
  LanePorts & {
    marketplace: Marketplace;
    maxReadsPerSecond: number;
    logFailure: (error: unknown) => void;
  };

/**
 * What a round found and did. `nextDueAt` is when the next ad is due, if any is; `after` is where the next round goes on.
 * `readsPausedUntil`: before then the marketplace is not to be read again. `closedUntil`: the token's lane lets no call pass, and
 * so nothing can go on. `isThrottled`: the marketplace said that it is read too often.
 */
export type DueWork = {
  isThrottled: boolean;
  readsPausedUntil: number | null;
  closedUntil: number | null;
  due: number;
  reads: number;
  /** Reads that failed, and listings of which an answer held nothing that can be read. */
  failedReads: number;
  /** Ads that could not be loaded, on which a step failed, or of which a listing could not be read. */
  failedAds: number;
  /** Of the ads that were due: see the metrics `OldestOpenSubmission` and `OldestRemoval`. null where there is none. */
  oldestOpen: OldestAd | null;
  oldestRemoval: OldestAd | null;
  foreignRequests: number;
  /** What the logs showed that no document mentions, as `action state`. */
  unknownEntries: string[];
  /** About how many ads the read asked that failed, where it may have failed for one of them; 0: none did. */
  failedTogether: number;
  /** Whether ads that were worth a read had none, for want of time or budget. */
  hasLeftOut: boolean;
  after: string | null;
  nextDueAt: number | null;
};

/** The work of a round that begins now, and goes on where the one before it ended. */
export function beginWork({ after, readsPausedUntil: until }: Chain, now: number): DueWork {
  const counts = { due: 0, reads: 0, failedReads: 0, failedAds: 0, failedTogether: 0 };
  const measured = { oldestOpen: null, oldestRemoval: null, foreignRequests: 0, unknownEntries: [] };
  const readsPausedUntil = until !== null && until > now ? until : null;
  const flags = { isThrottled: false, hasLeftOut: false };
  return { ...counts, ...measured, ...flags, readsPausedUntil, closedUntil: null, after, nextDueAt: null };
}

export function mayRead({ readsPausedUntil, closedUntil }: DueWork): boolean {
  return readsPausedUntil === null && closedUntil === null;
}

/** Counts the ads that failed, and logs why. */
export function noteFailures({ logFailure }: DuePorts, all: readonly { failure?: unknown }[], work: DueWork): void {
  for (const { failure } of all.filter((one) => one.failure !== undefined)) {
    work.failedAds += 1;
    logFailure(failure);
  }
}

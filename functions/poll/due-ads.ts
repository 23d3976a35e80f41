import type { Ad } from "#shared/ad/ad.ts";
import { listingsPerRead, type ReadCall } from "#shared/ad/marketplace.ts";
import type { AdRead } from "./take-reads.ts";

const logLinesInList = 100;
const logPagesPerRead = 20;

/**
 * An ad with what is to be asked about it, or what was answered. `isUrgent`: worth a read of its own. `logPages`: requests that
 * its long logs take beside the list's. `page`: on which page of this round it was found.
 */
export type DueAd = {
  ad: Ad;
  calls: readonly ReadCall[];
  reads: readonly AdRead[];
  isUrgent: boolean;
  logPages: number;
  page: number;
};

/** Ads worth a read, those of them whose logs have to be paged, and those that come along where a read has room. */
export type Waiting = { urgent: DueAd[]; long: DueAd[]; riders: DueAd[] };

/** A list shows the newest hundred lines of a log; where there are more, it is read by itself, page by page. */
export function logPagesOf(lines: number): number {
  return lines < logLinesInList ? 0 : Math.ceil(lines / logLinesInList) + 1;
}

/** Takes as many out of those that wait as fit into one read, those of the first list first; one at least. */
export function takeTogether(room: { ads: number; logPages: number }, ...waiting: DueAd[][]): DueAd[] {
  const together: DueAd[] = [];
  const mostPages = Math.min(logPagesPerRead, room.logPages);
  let listings = 0;
  let pages = 0;
  for (const from of waiting) {
    for (let next = from[0]; next !== undefined; next = from[0]) {
      listings += next.calls.length;
      pages += next.logPages;
      const isFull = together.length >= room.ads || listings > listingsPerRead || pages > mostPages;
      if (together.length > 0 && isFull) {
        return together;
      }
      together.push(next);
      from.shift();
    }
  }
  return together;
}

/** The same, begun elsewhere: `share` of the way through, 0 up to 1. */
export function turn<T>(all: readonly T[], share: number): T[] {
  const first = Math.floor(share * all.length);
  return [...all.slice(first), ...all.slice(0, first)];
}

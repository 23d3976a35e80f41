import type { Ad } from "#shared/ad/ad.ts";
import type { ReadCall } from "#shared/ad/marketplace.ts";
import type { AdRead } from "./take-reads.ts";

export const listingsPerRead = 50;
const logLinesInList = 100;
const logPagesPerRead = 20;

/** An ad with what is to be asked about it, or what was answered. `logPages`: requests that its long logs take beside the list's. */
export type DueAd = { ad: Ad; calls: readonly ReadCall[]; reads: readonly AdRead[]; logPages: number };

/** Ads worth a read, those of them whose logs have to be paged, and those that come along where a read has room. */
export type Waiting = { urgent: DueAd[]; long: DueAd[]; riders: DueAd[] };

/** A list shows the newest hundred lines of a log; where there are more, it is read by itself, page by page. */
export function logPagesOf(lines: number): number {
  return lines < logLinesInList ? 0 : Math.ceil(lines / logLinesInList) + 1;
}

/** Takes as many out of those that wait as fit into one read, those of the first list first. */
export function takeTogether(...waiting: DueAd[][]): DueAd[] {
  const together: DueAd[] = [];
  let listings = 0;
  let pages = 0;
  for (const from of waiting) {
    for (let next = from[0]; next !== undefined; next = from[0]) {
      listings += next.calls.length;
      pages += next.logPages;
      if (together.length > 0 && (listings > listingsPerRead || pages > logPagesPerRead)) {
        return together;
      }
      together.push(next);
      from.shift();
    }
  }
  return together;
}

/** The same ads, so many places on: the first ones last. */
export function turn(ads: readonly DueAd[], places: number): DueAd[] {
  const first = places % Math.max(1, ads.length);
  return [...ads.slice(first), ...ads.slice(0, first)];
}

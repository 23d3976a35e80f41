import { type Ad, type AdKey, hasToken, type Listing } from "#shared/ad/ad.ts";
import { addressOf } from "#shared/ad/attempt.ts";
import type { Context } from "#shared/ad/context.ts";
import { nextDueAt, nextReadAt } from "#shared/ad/pace.ts";
import { withToken } from "#shared/steps/find-token.ts";
import { type DueAd, logPagesOf, type Waiting } from "./due-ads.ts";
import { type DuePorts, type DueWork, mayRead, noteFailures } from "./due-work.ts";
import { inGroups, orFailure } from "./in-groups.ts";
import { olderOf, openSubmissions, unconfirmedRemovals } from "./measure-ads.ts";
import { isAtReadPoint } from "./read-points.ts";

/** `since`: when the last pass over all that is due began; `page`: which one of this round it is. */
type Sorting = { work: DueWork; waiting: Waiting; since: number; page: number };

/**
 * Loads a page of what the index offers, and sorts out what is to be read; gives the ads of which nothing is. Those whose
 * token has another name by now are not read under the old one: taking them in moves them.
 */
export async function sortPage(ports: DuePorts, keys: readonly AdKey[], sorting: Sorting): Promise<DueAd[]> {
  const { work } = sorting;
  const context = { ...ports.circumstances, now: ports.circumstances.now(), waits: ports.waits };
  const loaded = await inGroups(keys, (key) => orFailure(ports.table.load(key, { mayBeStale: true })));
  noteFailures(ports, loaded, work);
  const due = loaded.flatMap(({ value }) => (value != null && isDue(value, context) ? [value] : []));
  const present = await inGroups(due, (ad) => withToken(ports.tokens, ad));
  work.due += due.length;
  for (const ad of due) {
    work.oldestOpen = olderOf(work.oldestOpen, ad, { unended: openSubmissions(ad), now: context.now });
    work.oldestRemoval = olderOf(work.oldestRemoval, ad, { unended: unconfirmedRemovals(ad), now: context.now });
  }
  const readable = due.map((ad, place) => mayRead(work) && ad.tokenId === present[place]?.tokenId);
  return sortAds(due, readable, { ...sorting, context });
}

function sortAds(
  ads: readonly Ad[],
  readable: readonly boolean[],
  { waiting, since, page, context }: Sorting & { context: Context },
): DueAd[] {
  const idle: DueAd[] = [];
  for (const [place, ad] of ads.entries()) {
    const listings = readable[place] ? listingsToRead(ad, context) : [];
    const isUrgent = listings.some((listing) => isAtReadPoint(ad, listing, { context, since }));
    const logPages = listings.reduce((sum, { entries }) => sum + logPagesOf(entries.length), 0);
    const worthReading = logPages === 0 ? waiting.urgent : waiting.long;
    const along = logPages === 0 ? waiting.riders : idle;
    const among = listings.length === 0 ? idle : isUrgent ? worthReading : along;
    const calls = listings.map((listing) => addressOf(ad, listing));
    among.push({ ad, calls, reads: [], isUrgent, logPages, page });
  }
  return idle;
}

function listingsToRead(ad: Ad, context: Context): Listing[] {
  const isToBeRead = (at: number | null) => at !== null && at <= context.now && hasToken(ad);
  return ad.listings.filter((listing) => isToBeRead(nextReadAt(ad, listing, context)));
}

/** The index may lag behind the item: what it offers is looked at again. */
function isDue(ad: Ad, context: Context): boolean {
  const at = nextDueAt(ad, context);
  return ad.outbox.length > 0 || (at !== null && at <= context.now);
}

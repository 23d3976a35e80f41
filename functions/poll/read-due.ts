import { type Ad, type AdKey, hasToken, type Listing } from "#shared/ad/ad.ts";
import { addressOf } from "#shared/ad/attempt.ts";
import type { Context } from "#shared/ad/context.ts";
import { nextDueAt, nextReadAt } from "#shared/ad/pace.ts";
import { withToken } from "#shared/steps/find-token.ts";
import type { Chain } from "#shared/steps/ports.ts";
import { type DueAd, listingsPerRead, logPagesOf, takeTogether, turn, type Waiting } from "./due-ads.ts";
import { beginWork, type DuePorts, type DueWork, mayRead, noteFailures } from "./due-work.ts";
import { inGroups, orFailure } from "./in-groups.ts";
import { olderOf, openSubmissions, unconfirmedRemovals } from "./measure-ads.ts";
import { readAds } from "./read-listings.ts";
import { isAtReadPoint } from "./read-points.ts";
import { takeReads } from "./take-reads.ts";

/** Groups of ads that are taken in at the same time: what one read showed while the next is being made. */
const takingsAtOnce = 3;
/**
 * Does all that is due for one token: reads the listings of which something is expected, many in one read, and takes what
 * the reads show into their ads. Reads as much as the token's budget and the time of a round allow; the rest is the next round's.
 */
export async function readDue(ports: DuePorts, chain: Chain): Promise<DueWork> {
  const work = beginWork(chain, ports.circumstances.now());
  const takings: Promise<void>[] = [];
  try {
    await readPages(ports, chain, { work, takings });
  } finally {
    // What fails here must leave nothing behind that still runs when Lambda stops the clock.
    await Promise.all(takings);
  }
  if (work.due === 0 && work.after === null) {
    work.nextDueAt = await findNextDueAt(ports, chain.tokenId, work);
  }
  return work;
}

type Begun = { work: DueWork; takings: Promise<void>[] };

async function readPages(ports: DuePorts, chain: Chain, { work, takings }: Begun): Promise<void> {
  const { table, circumstances, waits, maxReadsPerSecond } = ports;
  const budget = Math.max(1, Math.floor((maxReadsPerSecond * chain.pace * waits.roundMs) / 1_000));
  const waiting: Waiting = { urgent: [], long: [], riders: [] };
  const take = async (ads: readonly DueAd[]) => {
    takings.push(takeAds(ports, ads, work));
    await takings.at(-takingsAtOnce);
  };
  const readUntil = async (left: number) => {
    while (waiting.urgent.length > left && mayRead(work)) {
      await take(await readAds(ports, takeTogether(waiting.urgent, waiting.riders), work));
    }
  };
  // However many are open: a round that its function cuts off would never come to those behind.
  const until = circumstances.now() + waits.roundMs;
  const hasTime = () => circumstances.now() < until;
  do {
    const now = circumstances.now();
    const page = await table.findDue({ tokenId: chain.tokenId, now, after: work.after, limit: listingsPerRead });
    await take(await sortPage(ports, page.keys, { work, waiting, since: chain.readsSince }));
    work.after = page.after;
    await readUntil(listingsPerRead - 1);
  } while (work.after !== null && work.reads + 1 < budget && mayRead(work) && hasTime());
  await readUntil(0);
  // One read of these at least, and each round begins with another one: none waits for ever, no round outlasts its function.
  const long = turn(waiting.long, chain.round);
  for (let isFirst = true; long.length > 0 && mayRead(work) && (isFirst || hasTime()); isFirst = false) {
    await take(await readAds(ports, takeTogether(long), work));
  }
  await take([...waiting.urgent, ...long, ...waiting.riders]);
}

type Sorting = { work: DueWork; waiting: Waiting; since: number };

/**
 * Loads a page of what the index offers, and sorts out what is to be read; gives the ads of which nothing is. Those whose
 * token has another name by now are not read under the old one: taking them in moves them.
 */
async function sortPage(ports: DuePorts, keys: readonly AdKey[], { work, waiting, since }: Sorting): Promise<DueAd[]> {
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
  const idle: DueAd[] = [];
  for (const [place, ad] of due.entries()) {
    const isReadable = mayRead(work) && ad.tokenId === present[place]?.tokenId;
    const listings = isReadable ? listingsToRead(ad, context) : [];
    const isUrgent = listings.some((listing) => isAtReadPoint(ad, listing, { context, since }));
    const logPages = listings.reduce((sum, { entries }) => sum + logPagesOf(entries.length), 0);
    const worthReading = logPages === 0 ? waiting.urgent : waiting.long;
    const along = logPages === 0 ? waiting.riders : idle;
    const among = listings.length === 0 ? idle : isUrgent ? worthReading : along;
    among.push({ ad, calls: listings.map((listing) => addressOf(ad, listing)), reads: [], logPages });
  }
  return idle;
}

/** Takes in what reads have shown, while the next ones are being made. Never rejects. */
async function takeAds(ports: DuePorts, ads: readonly DueAd[], work: DueWork): Promise<void> {
  const taken = await inGroups(ads, ({ ad, reads }) => orFailure(takeReads(ports, ad, reads)));
  work.foreignRequests += taken.reduce((sum, { value }) => sum + (value?.foreignRequests ?? 0), 0);
  work.unknownEntries.push(...taken.flatMap(({ value }) => value?.unknownEntries ?? []));
  noteFailures(ports, taken, work);
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

/**
 * What cannot be loaded is due for ever, and before all others: it is tried again at the slow pace of reads, so that it neither
 * ends the chain nor keeps it awake.
 */
async function findNextDueAt(ports: DuePorts, tokenId: string, work: DueWork): Promise<number | null> {
  const { table, circumstances, waits } = ports;
  const { keys } = await table.findDue({ tokenId, now: Number.MAX_SAFE_INTEGER, after: null, limit: 1 });
  const { value: ad = null, failure } = keys[0] === undefined ? {} : await orFailure(table.load(keys[0]));
  const now = circumstances.now();
  if (failure !== undefined) {
    // One that was due has been told of already.
    noteFailures(ports, work.failedAds === 0 ? [{ failure }] : [], work);
    return now + waits.readSlowMs;
  }
  return ad === null ? null : nextDueAt(ad, { ...circumstances, now, waits });
}

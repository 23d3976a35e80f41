import { type Ad, type AdKey, hasToken, type Listing } from "#shared/ad/ad.ts";
import { addressOf } from "#shared/ad/attempt.ts";
import type { Context } from "#shared/ad/context.ts";
import type { ReadCall, ReadReply } from "#shared/ad/marketplace.ts";
import { nextDueAt, nextReadAt } from "#shared/ad/pace.ts";
import { withToken } from "#shared/steps/find-token.ts";
import { type LaneName, type LanePorts, noteVerdict, passLane } from "#shared/steps/pass-lane.ts";
import type { Chain, Marketplace } from "#shared/steps/ports.ts";
import { type DueAd, listingsPerRead, logPagesOf, takeTogether, turn, type Waiting } from "./due-ads.ts";
import { inGroups, orFailure } from "./in-groups.ts";
import { type OldestAd, olderOf, openSubmissions, unconfirmedRemovals } from "./measure-ads.ts";
import { isAtReadPoint } from "./read-points.ts";
import { type AdRead, type TakePorts, takeReads } from "./take-reads.ts";

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
  failedReads: number;
  /** Ads that could not be loaded, or on which a step failed. */
  failedAds: number;
  /** Of the ads that were due: see the metrics `OldestOpenSubmission` and `OldestRemoval`. null where there is none. */
  oldestOpen: OldestAd | null;
  oldestRemoval: OldestAd | null;
  foreignRequests: number;
  /** What the logs showed that no document mentions, as `action state`. */
  unknownEntries: string[];
  after: string | null;
  nextDueAt: number | null;
};

/** Groups of ads that are taken in at the same time: what one read showed while the next is being made. */
const takingsAtOnce = 3;
/** After a failed read, unless the marketplace says how long. */
export const pausedRounds = 4;

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

function beginWork({ after, readsPausedUntil: until }: Chain, now: number): DueWork {
  const counts = { due: 0, reads: 0, failedReads: 0, failedAds: 0 };
  const measured = { oldestOpen: null, oldestRemoval: null, foreignRequests: 0, unknownEntries: [] };
  const readsPausedUntil = until !== null && until > now ? until : null;
  return { ...counts, ...measured, isThrottled: false, readsPausedUntil, closedUntil: null, after, nextDueAt: null };
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
  } while (work.after !== null && work.reads + 1 < budget && work.failedReads === 0 && hasTime());
  await readUntil(0);
  // One read of these at least, and each round begins with another one: none waits for ever, no round outlasts its function.
  const long = turn(waiting.long, chain.round);
  for (let isFirst = true; long.length > 0 && mayRead(work) && (isFirst || hasTime()); isFirst = false) {
    await take(await readAds(ports, takeTogether(long), work));
  }
  await take([...waiting.urgent, ...long, ...waiting.riders]);
}

function mayRead({ readsPausedUntil, closedUntil }: DueWork): boolean {
  return readsPausedUntil === null && closedUntil === null;
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

async function readAds(ports: DuePorts, ads: readonly DueAd[], work: DueWork): Promise<DueAd[]> {
  work.reads += ads.reduce((sum, { logPages }) => sum + logPages, 0);
  const reads = await readListings(
    ports,
    ads.flatMap(({ calls }) => calls),
    work,
  );
  return ads.map((due) => ({ ...due, reads: readsOf(due.ad, reads) }));
}

/** Takes in what reads have shown, while the next ones are being made. Never rejects. */
async function takeAds(ports: DuePorts, ads: readonly DueAd[], work: DueWork): Promise<void> {
  const taken = await inGroups(ads, ({ ad, reads }) => orFailure(takeReads(ports, ad, reads)));
  work.foreignRequests += taken.reduce((sum, { value }) => sum + (value?.foreignRequests ?? 0), 0);
  work.unknownEntries.push(...taken.flatMap(({ value }) => value?.unknownEntries ?? []));
  noteFailures(ports, taken, work);
}

function noteFailures({ logFailure }: DuePorts, all: readonly { failure?: unknown }[], work: DueWork): void {
  for (const { failure } of all.filter((one) => one.failure !== undefined)) {
    work.failedAds += 1;
    logFailure(failure);
  }
}

/** What the reads said, by listing; those not made because of a closed lane or a failure before them are left out. */
async function readListings(
  ports: DuePorts,
  calls: readonly ReadCall[],
  work: DueWork,
): Promise<Map<string, AdRead[]>> {
  const reads = new Map<string, AdRead[]>();
  const [any] = calls;
  if (any === undefined) {
    return reads;
  }
  const lane = { tokenId: any.tokenId, dealerCode: null };
  const passage = await passLane(ports, lane);
  work.closedUntil = passage.kind === "closed" ? passage.until : null;
  for (let first = 0; first < calls.length && mayRead(work); first += listingsPerRead) {
    const chunk = calls.slice(first, first + listingsPerRead);
    const replies = await ports.marketplace.readMany(chunk);
    work.reads += 1;
    const failure = replies.find((reply) => reply.kind === "failed");
    if (failure !== undefined) {
      await noteFailure(ports, lane, { failure, work });
    } else if (passage.kind === "open" && passage.isFaulty) {
      await noteVerdict(ports, lane, "good");
    }
    for (const [place, reply] of replies.entries()) {
      const { dealerCode, listingId } = chunk[place] as ReadCall;
      const name = JSON.stringify([dealerCode, listingId]);
      reads.set(name, [...(reads.get(name) ?? []), { listingId, reply }]);
    }
  }
  return reads;
}

type Failed = { failure: Extract<ReadReply, { kind: "failed" }>; work: DueWork };

/** A read that fails pauses the reading, and nothing else; only one that is unauthorized says that the token is dead. */
async function noteFailure(ports: DuePorts, lane: LaneName, { failure, work }: Failed): Promise<void> {
  const { circumstances, waits } = ports;
  work.failedReads += 1;
  work.isThrottled ||= failure.cause === "throttled";
  work.readsPausedUntil = circumstances.now() + (failure.retryAfterMs ?? pausedRounds * waits.roundMs);
  if (failure.cause === "unauthorized") {
    await noteVerdict(ports, lane, "unauthorized");
  }
}

function readsOf(ad: Ad, reads: ReadonlyMap<string, AdRead[]>): AdRead[] {
  const { key } = ad;
  return "source" in key ? [] : ad.listings.flatMap(({ id }) => reads.get(JSON.stringify([key.dealerCode, id])) ?? []);
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

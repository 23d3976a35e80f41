import type { Ad, AdKey } from "#shared/ad/ad.ts";
import { addressOf } from "#shared/ad/begin.ts";
import type { Context } from "#shared/ad/context.ts";
import type { ReadCall } from "#shared/ad/marketplace.ts";
import { nextDueAt, nextReadAt } from "#shared/ad/pace.ts";
import { withToken } from "#shared/steps/find-token.ts";
import type { Chain, Marketplace } from "#shared/steps/ports.ts";
import { type AdRead, type TakePorts, takeReads } from "./take-reads.ts";

export type DuePorts = TakePorts & {
  marketplace: Marketplace;
  maxReadsPerSecond: number;
  logFailure: (error: unknown) => void;
};

/** What a round found and did. `nextDueAt` is when the next ad is due, if any is; `after` is where the next round goes on. */
export type DueWork = {
  due: number;
  reads: number;
  failedReads: number;
  failedAds: number;
  after: string | null;
  nextDueAt: number | null;
};

const listingsPerRead = 50;
const adsAtOnce = 10;

/**
 * Does all that is due for one token: reads the listings of which something is expected, many in one read, and takes what
 * the reads show into their ads. Reads as much as the token's budget allows; the rest is the next round's.
 */
export async function readDue(ports: DuePorts, { tokenId, after: from }: Chain): Promise<DueWork> {
  const { table, circumstances, waits, maxReadsPerSecond } = ports;
  const budget = Math.max(1, Math.floor((maxReadsPerSecond * waits.roundMs) / 1_000));
  const work: DueWork = { due: 0, reads: 0, failedReads: 0, failedAds: 0, after: from, nextDueAt: null };
  do {
    const now = circumstances.now();
    const page = await table.findDue({ tokenId, now, after: work.after, limit: listingsPerRead });
    await readPage(ports, page.keys, work);
    work.after = page.after;
  } while (work.after !== null && work.reads < budget && work.failedReads === 0);
  if (work.due === 0 && work.after === null) {
    work.nextDueAt = await findNextDueAt(ports, tokenId);
  }
  return work;
}

/** Ads whose token has another name by now are not read under the old one: taking them in moves them. */
async function readPage(ports: DuePorts, keys: readonly AdKey[], work: DueWork): Promise<void> {
  const context = { ...ports.circumstances, now: ports.circumstances.now(), waits: ports.waits };
  const loaded = await inGroups(keys, (key) => ports.table.load(key));
  const due = loaded.filter((ad) => ad !== null).filter((ad) => isDue(ad, context));
  const present = await inGroups(due, (ad) => withToken(ports.tokens, ad));
  const stayed = due.filter((ad, place) => ad.tokenId === present[place]?.tokenId);
  const calls = stayed.flatMap((ad) => callsFor(ad, context));
  const reads = new Map<string, AdRead[]>();
  for (let first = 0; first < calls.length; first += listingsPerRead) {
    const chunk = calls.slice(first, first + listingsPerRead);
    const replies = await ports.marketplace.readMany(chunk);
    work.reads += 1;
    work.failedReads += replies.some(({ kind }) => kind === "failed") ? 1 : 0;
    for (const [place, reply] of replies.entries()) {
      const { dealerCode, listingId } = chunk[place] as ReadCall;
      const name = JSON.stringify([dealerCode, listingId]);
      reads.set(name, [...(reads.get(name) ?? []), { listingId, reply }]);
    }
  }
  work.due += due.length;
  const taken = await inGroups(due, (ad) => settled(takeReads(ports, ad.key, readsOf(ad, reads))));
  for (const error of taken.filter((failure) => failure !== null)) {
    work.failedAds += 1;
    ports.logFailure(error);
  }
}

function readsOf(ad: Ad, reads: ReadonlyMap<string, AdRead[]>): AdRead[] {
  const { key } = ad;
  return "source" in key ? [] : ad.listings.flatMap(({ id }) => reads.get(JSON.stringify([key.dealerCode, id])) ?? []);
}

function callsFor(ad: Ad, context: Context): ReadCall[] {
  const isToBeRead = (at: number | null) => at !== null && at <= context.now;
  return ad.listings
    .filter((listing) => isToBeRead(nextReadAt(ad, listing, context)))
    .map((listing) => addressOf(ad, listing));
}

/** The index may lag behind the item: what it offers is looked at again. */
function isDue(ad: Ad, context: Context): boolean {
  const at = nextDueAt(ad, context);
  return ad.outbox.length > 0 || (at !== null && at <= context.now);
}

async function findNextDueAt({ table, circumstances, waits }: DuePorts, tokenId: string): Promise<number | null> {
  const { keys } = await table.findDue({ tokenId, now: Number.MAX_SAFE_INTEGER, after: null, limit: 1 });
  const ad = keys[0] === undefined ? null : await table.load(keys[0]);
  return ad === null ? null : nextDueAt(ad, { ...circumstances, now: circumstances.now(), waits });
}

/** One ad's failure is not the others': it stays due, and the next round comes by. */
async function settled(work: Promise<void>): Promise<unknown> {
  const [result] = await Promise.allSettled([work]);
  return result.status === "rejected" ? result.reason : null;
}

async function inGroups<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let first = 0; first < all.length; first += adsAtOnce) {
    results.push(...(await Promise.all(all.slice(first, first + adsAtOnce).map(run))));
  }
  return results;
}

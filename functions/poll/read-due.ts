import { earliest, nextDueAt } from "#shared/ad/pace.ts";
import type { Chain } from "#shared/steps/ports.ts";
import type { DueAd } from "./due-ads.ts";
import { beginWork, type DuePorts, type DueWork, noteFailures } from "./due-work.ts";
import { inGroups, orFailure } from "./in-groups.ts";
import { readPages } from "./read-pages.ts";
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
    await readPages(ports, chain, {
      work,
      take: async (ads) => {
        takings.push(takeAds(ports, ads, work));
        await takings.at(-takingsAtOnce);
      },
    });
  } finally {
    // What fails here must leave nothing behind that still runs when Lambda stops the clock.
    await Promise.all(takings);
  }
  if (work.due === 0 && work.after === null) {
    work.nextDueAt = await findNextDueAt(ports, chain.tokenId, work);
  }
  return work;
}

/** Takes in what reads have shown, while the next ones are being made. Never rejects. */
async function takeAds(ports: DuePorts, ads: readonly DueAd[], work: DueWork): Promise<void> {
  const taken = await inGroups(ads, ({ ad, reads }) => orFailure(takeReads(ports, ad, reads)));
  work.foreignRequests += taken.reduce((sum, { value }) => sum + (value?.foreignRequests ?? 0), 0);
  work.unknownEntries.push(...taken.flatMap(({ value }) => value?.unknownEntries ?? []));
  noteFailures(ports, taken, work);
}

/** Of so many ads that come first in the index, the first that says when it is due. */
const candidates = 10;

/**
 * What cannot be loaded is due for ever, and before all others: it is tried again at the slow pace of reads, so that it neither
 * ends the chain nor keeps it awake. Neither that nor what the index shows late hides when those behind it are due.
 */
async function findNextDueAt(ports: DuePorts, tokenId: string, work: DueWork): Promise<number | null> {
  const { table, circumstances, waits } = ports;
  const query = { tokenId, now: Number.MAX_SAFE_INTEGER, after: null, limit: candidates };
  const { keys } = await table.findDue(query);
  const failures: { failure: unknown }[] = [];
  let dueAt: number | null = null;
  for (const key of keys) {
    const { value: ad = null, failure } = await orFailure(table.load(key));
    if (failure !== undefined) {
      failures.push({ failure });
    }
    dueAt = ad === null ? null : nextDueAt(ad, { ...circumstances, now: circumstances.now(), waits });
    if (dueAt !== null) {
      break;
    }
  }
  // Those that were due have been told of already.
  noteFailures(ports, work.failedAds === 0 ? failures : [], work);
  return earliest([dueAt, failures.length > 0 ? circumstances.now() + waits.readSlowMs : null]);
}

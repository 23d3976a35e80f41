import { listingsPerRead } from "#shared/ad/marketplace.ts";
import type { Chain } from "#shared/steps/ports.ts";
import { type DueAd, takeTogether, turn, type Waiting } from "./due-ads.ts";
import { type DuePorts, type DueWork, mayRead } from "./due-work.ts";
import { readAds } from "./read-listings.ts";
import { sortPage } from "./sort-page.ts";

/** Where what a round reads goes: `take` begins to take it in. */
export type Taking = { work: DueWork; take: (ads: readonly DueAd[]) => Promise<void> };

/** A round at work. `starts`: where in the index its pages began. `failed`: ads that may go along with the one a read failed for. */
type Round = Taking & {
  ports: DuePorts;
  chain: Chain;
  budget: number;
  adsPerRead: number;
  waiting: Waiting;
  failed: DueAd[];
  starts: (string | null)[];
  hasReadUrgent: boolean;
  hasReadLong: boolean;
  /** For how many lengths of a round it has not lasted yet. */
  isYoungerThan: (rounds: number) => boolean;
};

/** Multiples of these, less their whole part, lie evenly between 0 and 1 whichever of them are taken, and are not alike. */
const goldenRatio = (1 + Math.sqrt(5)) / 2;
const anotherRatio = Math.SQRT2;

/**
 * Reads page after page of what is due, what is worth it in one read with what comes along. Long logs are read at the end, as
 * they take a request for each hundred lines; in half of the rounds one read of them comes before all others, so that neither
 * kind keeps the other from being read, however slow reads are or whichever fail.
 *
 * After a read of several that failed, pages are as small as reads and each is read to its end, until one that fails alone is
 * passed over: so a pass comes to all the others.
 *
 * Within the length of a round pages are begun, within two of them reads; only the first read is made in any case. One may take as
 * long as three calls to the marketplace: 30 s, so that a round of 5 s ends after 40 s; its function has 60.
 */
export async function readPages(ports: DuePorts, chain: Chain, { work, take }: Taking): Promise<void> {
  const round = beginRound(ports, chain, { work, take });
  const { waiting, starts, adsPerRead } = round;
  const isLongFirst = (chain.round * goldenRatio) % 1 < 0.5;
  do {
    starts.push(work.after);
    await loadPage(round);
    if (isLongFirst && !round.hasReadLong) {
      await readLong(round);
    }
    await readUrgent(round, isWhole(round) ? adsPerRead - 1 : 0);
    if (!isWhole(round)) {
      await readAllLong(round);
    }
  } while (work.after !== null && work.reads + 1 < round.budget && mayRead(work) && round.isYoungerThan(1));
  await readUrgent(round, 0);
  await readAllLong(round);
  goBack(round);
  await take([...waiting.urgent, ...waiting.long, ...waiting.riders]);
}

/** Whether reads may ask about as many ads as fit into one. */
function isWhole({ adsPerRead }: Round): boolean {
  return adsPerRead === listingsPerRead;
}

function beginRound(ports: DuePorts, chain: Chain, taking: Taking): Round {
  const { circumstances, waits, maxReadsPerSecond } = ports;
  const startedAt = circumstances.now();
  return {
    ...taking,
    ports,
    chain,
    budget: Math.max(1, Math.floor((maxReadsPerSecond * chain.pace * waits.roundMs) / 1_000)),
    adsPerRead: Math.min(listingsPerRead, chain.adsPerRead),
    waiting: { urgent: [], long: [], riders: [] },
    failed: [],
    starts: [],
    hasReadUrgent: false,
    hasReadLong: false,
    isYoungerThan: (rounds) => circumstances.now() < startedAt + rounds * waits.roundMs,
  };
}

async function loadPage({ ports, chain, work, waiting, starts, adsPerRead, take }: Round): Promise<void> {
  const { table, circumstances } = ports;
  const query = { tokenId: chain.tokenId, now: circumstances.now(), after: work.after, limit: adsPerRead };
  const { keys, after } = await table.findDue(query);
  await take(await sortPage(ports, keys, { work, waiting, since: chain.readsSince, page: starts.length - 1 }));
  work.after = after;
}

async function readUrgent(round: Round, left: number): Promise<void> {
  const { work, waiting, budget } = round;
  while (waiting.urgent.length > left && mayRead(work)) {
    if (work.reads > 0 && !(work.reads < budget && round.isYoungerThan(2))) {
      return;
    }
    round.hasReadUrgent = true;
    await readTogether(round, waiting.urgent, waiting.riders);
  }
}

/** One read of those with long logs at least, unless the round is old, and more while there is time and budget. */
async function readAllLong(round: Round): Promise<void> {
  const { work, waiting, budget } = round;
  while (waiting.long.length > 0 && mayRead(work) && round.isYoungerThan(2)) {
    if (round.hasReadLong && !(round.isYoungerThan(1) && work.reads < budget)) {
      return;
    }
    await readLong(round);
  }
}

/** One read of those with long logs, in each round begun with another one of them. */
async function readLong(round: Round): Promise<void> {
  const { chain, work, waiting } = round;
  if (waiting.long.length === 0 || !mayRead(work)) {
    return;
  }
  waiting.long = round.hasReadLong ? waiting.long : turn(waiting.long, (chain.round * anotherRatio) % 1);
  round.hasReadLong = true;
  await readTogether(round, waiting.long);
}

async function readTogether(round: Round, ...from: DueAd[][]): Promise<void> {
  const { ports, work, adsPerRead, budget, take } = round;
  const read = await readAds(ports, takeTogether({ ads: adsPerRead, logPages: budget }, ...from), work);
  round.failed = work.failedTogether > 1 ? read.filter(({ isUrgent }) => isUrgent) : [];
  await take(read);
}

/**
 * Where the next round begins: with what failed together, and with what was loaded and found neither time nor budget; unless
 * that is where this one began, and got no further: then it waits for the next pass.
 */
function goBack(round: Round): void {
  const { work, waiting, starts, failed, hasReadUrgent } = round;
  work.hasLeftOut = waiting.urgent.length > 0;
  const left = isWhole(round) ? waiting.urgent : [...waiting.urgent, ...waiting.long];
  const isAtItsEnd = hasReadUrgent || waiting.urgent.length === 0;
  const again = [...failed, ...left.filter(({ page }) => page > 0 || !isAtItsEnd)];
  if (again.length > 0) {
    work.after = starts[Math.min(...again.map(({ page }) => page))] ?? null;
  }
}

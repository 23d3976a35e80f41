import type { Chain } from "#shared/steps/ports.ts";
import { type DueAd, listingsPerRead, takeTogether, turn, type Waiting } from "./due-ads.ts";
import { type DuePorts, type DueWork, mayRead } from "./due-work.ts";
import { readAds } from "./read-listings.ts";
import { sortPage } from "./sort-page.ts";

/** Where what a round reads goes: `take` begins to take it in. */
export type Taking = { work: DueWork; take: (ads: readonly DueAd[]) => Promise<void> };

/** A round at work. `starts`: where in the index its pages began. */
type Round = Taking & {
  ports: DuePorts;
  chain: Chain;
  budget: number;
  waiting: Waiting;
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
 * Within the length of a round pages are begun, within two of them reads; only the first read is made in any case. One may take as
 * long as three calls to the marketplace: 30 s, so that a round of 5 s ends after 40 s, and its function after 60.
 */
export async function readPages(ports: DuePorts, chain: Chain, { work, take }: Taking): Promise<void> {
  const round = beginRound(ports, chain, { work, take });
  const { waiting, starts } = round;
  const isLongFirst = (chain.round * goldenRatio) % 1 < 0.5;
  do {
    starts.push(work.after);
    await loadPage(round);
    if (isLongFirst && !round.hasReadLong) {
      await readLong(round);
    }
    await readUrgent(round, listingsPerRead - 1);
  } while (work.after !== null && work.reads + 1 < round.budget && mayRead(work) && round.isYoungerThan(1));
  await readUrgent(round, 0);
  while (!round.hasReadLong || (round.isYoungerThan(1) && work.reads < round.budget)) {
    if (waiting.long.length === 0 || !mayRead(work) || !round.isYoungerThan(2)) {
      break;
    }
    await readLong(round);
  }
  goBack(round);
  await take([...waiting.urgent, ...waiting.long, ...waiting.riders]);
}

function beginRound(ports: DuePorts, chain: Chain, taking: Taking): Round {
  const { circumstances, waits, maxReadsPerSecond } = ports;
  const startedAt = circumstances.now();
  return {
    ...taking,
    ports,
    chain,
    budget: Math.max(1, Math.floor((maxReadsPerSecond * chain.pace * waits.roundMs) / 1_000)),
    waiting: { urgent: [], long: [], riders: [] },
    starts: [],
    hasReadUrgent: false,
    hasReadLong: false,
    isYoungerThan: (rounds) => circumstances.now() < startedAt + rounds * waits.roundMs,
  };
}

async function loadPage({ ports, chain, work, waiting, starts, take }: Round): Promise<void> {
  const { table, circumstances } = ports;
  const query = { tokenId: chain.tokenId, now: circumstances.now(), after: work.after, limit: listingsPerRead };
  const { keys, after } = await table.findDue(query);
  await take(await sortPage(ports, keys, { work, waiting, since: chain.readsSince, page: starts.length - 1 }));
  work.after = after;
}

async function readUrgent(round: Round, left: number): Promise<void> {
  const { ports, work, waiting, budget, take } = round;
  while (waiting.urgent.length > left && mayRead(work)) {
    if (work.reads > 0 && !(work.reads < budget && round.isYoungerThan(2))) {
      return;
    }
    round.hasReadUrgent = true;
    const room = { ads: listingsPerRead, logPages: budget };
    await take(await readAds(ports, takeTogether(room, waiting.urgent, waiting.riders), work));
  }
}

/** One read of those with long logs, in each round begun with another one of them. */
async function readLong(round: Round): Promise<void> {
  const { ports, chain, work, waiting, budget, take } = round;
  if (waiting.long.length === 0 || !mayRead(work)) {
    return;
  }
  const long = round.hasReadLong ? waiting.long : turn(waiting.long, (chain.round * anotherRatio) % 1);
  const together = takeTogether({ ads: listingsPerRead, logPages: budget }, long);
  waiting.long = long;
  round.hasReadLong = true;
  await take(await readAds(ports, together, work));
}

/**
 * What was loaded, and found neither time nor budget, is where the next round begins; unless that is where this one began, and
 * got no further: then it waits for the next pass.
 */
function goBack({ work, waiting, starts, hasReadUrgent }: Round): void {
  const [missed] = waiting.urgent;
  if (missed === undefined) {
    return;
  }
  work.hasLeftOut = true;
  if (missed.page > 0 || !hasReadUrgent) {
    work.after = starts[missed.page] ?? null;
  }
}

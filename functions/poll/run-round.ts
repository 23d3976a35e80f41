import { earliest } from "#shared/ad/pace.ts";
import type { ChainPorts } from "#shared/steps/assert-chain.ts";
import type { Chain } from "#shared/steps/ports.ts";
import { nextAdsPerRead } from "./ads-per-read.ts";
import type { DuePorts, DueWork } from "./due-work.ts";
import { readDue } from "./read-due.ts";
import { pausedRounds } from "./read-listings.ts";

export type RoundPorts = ChainPorts & DuePorts & { logRound: (line: RoundLog) => void };

/** The share of its read budget that a throttled token keeps at least, and wins back with each round in order. */
const slowestPace = 1 / 64;
const paceGain = 1 / 16;

/** One line for each round that did something. */
export type RoundLog = { tokenId: string; round: number; durationMs: number } & Omit<
  DueWork,
  "after" | "nextDueAt" | "hasLeftOut" | "failedTogether" | "readsPausedUntil" | "closedUntil"
>;

/**
 * Runs one round of a token's chain, then sends the next. It begins by claiming the round on the chain's row: a repeated
 * message loses there and ends, so a chain can't multiply. Crashing anywhere leaves a row that the schedule takes up.
 */
export async function runRound(
  ports: RoundPorts,
  { tokenId, round }: { tokenId: string; round: number },
): Promise<void> {
  const { chains, circumstances, waits } = ports;
  const startedAt = circumstances.now();
  const chain = await chains.load(tokenId);
  if (chain?.round !== round) {
    return;
  }
  const claimed = {
    ...chain,
    ...planPass(chain, startedAt, waits),
    round: round + 1,
    nextAt: startedAt + waits.roundMs,
  };
  if ((await chains.save(claimed, round)) === "conflict") {
    return;
  }
  const { after, nextDueAt, hasLeftOut, failedTogether, readsPausedUntil, closedUntil, ...counts } = await readDue(
    ports,
    claimed,
  );
  if (counts.due > 0 || counts.failedAds > 0) {
    ports.logRound({ tokenId, round, durationMs: circumstances.now() - startedAt, ...counts });
  }
  const pace = counts.isThrottled ? Math.max(slowestPace, claimed.pace / 2) : Math.min(1, claimed.pace + paceGain);
  const isPaused = readsPausedUntil !== null || closedUntil !== null;
  const adsPerRead = nextAdsPerRead(claimed.adsPerRead, { failedTogether, isPaused });
  const passAt = !isPaused && !hasLeftOut ? claimed.passAt : claimed.readsSince;
  const found = {
    isEmpty: counts.due === 0 && after === null,
    after,
    nextDueAt,
    readsPausedUntil,
    closedUntil,
    pace,
    adsPerRead,
    passAt,
  };
  await sendNext(ports, claimed, found);
}

/**
 * Where the pass before it was brought to its end, a new one begins, and reads since that one's beginning. A round that was taken
 * up by the schedule follows on one that died, as a rule, and read nothing or not all: to note the end of each pass would be a save
 * in each round, and to read too much after a message that was lost does no harm.
 */
function planPass(chain: Chain, startedAt: number, { chainLostMs }: RoundPorts["waits"]): Partial<Chain> {
  const isTakenUp = chain.nextAt + chainLostMs <= startedAt;
  const readsSince = isTakenUp ? chain.readsSince : chain.passAt;
  return chain.after === null ? { passAt: startedAt, readsSince } : {};
}

type Found = {
  isEmpty: boolean;
  after: string | null;
  nextDueAt: number | null;
  readsPausedUntil: number | null;
  closedUntil: number | null;
  pace: number;
  adsPerRead: number;
  /** When this pass began; where reads were left out, since when they are missing. */
  passAt: number;
};

/**
 * Sends the next round. An empty one puts the chain to sleep, from which the next delivery wakes it. A delivery that came just
 * before may store its work just after; so a sleeping chain looks once more a whole round's pause after it fell asleep, however long
 * that round took, and then when the next ad is due or it is to be forgotten, whichever comes first. It is forgotten where no ad of
 * the token has anything to come.
 */
async function sendNext(ports: RoundPorts, chain: Chain, found: Found): Promise<void> {
  const { isEmpty, after, nextDueAt, readsPausedUntil, closedUntil, pace, adsPerRead, passAt } = found;
  const { chains, circumstances, waits, pollQueue } = ports;
  const now = circumstances.now();
  const emptySince = isEmpty ? (chain.emptySince ?? now) : null;
  const forgetAt = (emptySince ?? now) + waits.chainForgetMs;
  const looksAt = chain.asleep ? earliest([nextDueAt, forgetAt > now ? forgetAt : null]) : now + waits.roundMs;
  const wakesAt = isEmpty ? looksAt : now;
  if (wakesAt === null) {
    await chains.remove(chain.tokenId, chain.round);
    return;
  }
  const restMs = readsPausedUntil === null ? 0 : Math.min(readsPausedUntil - now, pausedRounds * waits.roundMs);
  const nextAt = Math.max(chain.nextAt, wakesAt, closedUntil ?? 0, now + restMs);
  const next = { ...chain, nextAt, emptySince, asleep: isEmpty, after, pace, adsPerRead, passAt, readsPausedUntil };
  if (JSON.stringify(next) !== JSON.stringify(chain) && (await chains.save(next, chain.round)) === "conflict") {
    return;
  }
  const message = { version: 1, kind: "round", tokenId: chain.tokenId, round: chain.round } as const;
  await pollQueue.send(message, Math.max(0, nextAt - now));
}

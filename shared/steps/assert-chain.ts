import { listingsPerRead } from "#shared/ad/marketplace.ts";
import type { Waits } from "#shared/contracts/waits.ts";
import type { ChainTable, Circumstances, PollQueue } from "./ports.ts";

export type ChainPorts = { chains: ChainTable; pollQueue: PollQueue; circumstances: Circumstances; waits: Waits };

/**
 * Sees to it that a token's polling chain is running, or will within the time of a round. Called just before each write that leaves
 * an ad with work, so that a crash after the write finds it running. A chain that goes to sleep in between looks once more. A crash
 * between the row and the message leaves the row, which the schedule takes up within two minutes.
 */
export async function assertChain(ports: ChainPorts, tokenId: string): Promise<void> {
  const { chains, pollQueue, circumstances, waits } = ports;
  for (;;) {
    const chain = await chains.load(tokenId);
    if (chain !== null && !chain.asleep) {
      return;
    }
    const round = (chain?.round ?? 0) + 1;
    const awake = {
      tokenId,
      round,
      nextAt: circumstances.now() + waits.roundMs,
      emptySince: null,
      asleep: false,
      pace: chain?.pace ?? 1,
      adsPerRead: chain?.adsPerRead ?? listingsPerRead,
      after: null,
      passAt: chain?.passAt ?? 0,
      readsSince: chain?.readsSince ?? 0,
      readsPausedUntil: chain?.readsPausedUntil ?? null,
    };
    const stored = chain === null ? await chains.create(awake) : await chains.save(awake, chain.round);
    if (stored === "saved") {
      return pollQueue.send({ version: 1, kind: "round", tokenId, round }, waits.roundMs);
    }
  }
}

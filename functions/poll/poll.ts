import type { PollMessage } from "#shared/contracts/queue-message.ts";
import { type RoundPorts, runRound } from "./run-round.ts";

/** Takes one message of the poll queue: a round of a chain, or the schedule's tick, which takes up chains that were lost. */
export async function poll(ports: RoundPorts, message: PollMessage): Promise<void> {
  switch (message.kind) {
    case "round":
      return runRound(ports, message);
    case "tick":
      return takeUpLostChains(ports);
    default:
      throw new Error(`unknown message ${JSON.stringify(message satisfies never)}`);
  }
}

async function takeUpLostChains({ chains, pollQueue, circumstances, waits }: RoundPorts): Promise<void> {
  for (const { tokenId, round } of await chains.findLost(circumstances.now() - waits.chainLostMs)) {
    await pollQueue.send({ version: 1, kind: "round", tokenId, round }, 0);
  }
}

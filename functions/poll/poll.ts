import type { PollMessage } from "#shared/contracts/queue-message.ts";
import { lookAround, type StandingPorts } from "./look-around.ts";
import { type RefreshPorts, refreshValues } from "./refresh-values.ts";
import { type RoundPorts, runRound } from "./run-round.ts";
import { type CanaryPorts, hearCanary, sendCanary } from "./watch-bus.ts";

export type PollPorts = RoundPorts & CanaryPorts & RefreshPorts & StandingPorts;

/**
 * Takes one message of the poll queue: a round of a chain; the schedule's tick, which takes up chains that were lost, sends
 * a canary through the bus, tells how things stand and asks for values if that is due; or a canary that came through.
 */
export async function poll(ports: PollPorts, message: PollMessage): Promise<void> {
  switch (message.kind) {
    case "round":
      return runRound(ports, message);
    case "tick":
      await takeUpLostChains(ports);
      await sendCanary(ports);
      if (await lookAround(ports)) {
        await refreshValues(ports);
      }
      return;
    case "canary":
      return hearCanary(ports, message);
    default:
      throw new Error(`unknown message ${JSON.stringify(message satisfies never)}`);
  }
}

/** The part of a tick that goes on with the tokens' work: what nobody has moved on for long gets a round. */
export async function takeUpLostChains({ chains, pollQueue, circumstances, waits }: RoundPorts): Promise<void> {
  for (const { tokenId, round } of await chains.findLost(circumstances.now() - waits.chainLostMs)) {
    await pollQueue.send({ version: 1, kind: "round", tokenId, round }, 0);
  }
}

import { RetryableError } from "#shared/contracts/errors.ts";
import type { Circumstances, LaneTable } from "#shared/steps/ports.ts";

export type StandingPorts = {
  lanes: Pick<LaneTable, "findClosed">;
  tokens: {
    /** Epoch ms at which the first token expires; null where none says when. */
    firstExpiry(): Promise<number | null>;
  };
  circumstances: Circumstances;
  logStanding: (line: StandingLog) => void;
};

/** `fault`: why the tokens could not be read; then nothing else is known. */
export type StandingLog =
  | { kind: "standing"; lanesClosed: number; tokenDaysLeft: number | null }
  | { kind: "no-tokens"; fault: RetryableError };

const dayMs = 24 * 60 * 60_000;

/**
 * Tells how things stand that no single event says: the lanes that are closed, dealers paused by hand among them, and how long the tokens still hold. Returns
 * whether there are tokens to work with: a stage whose secret has no usable value yet is told of at each tick, and the tick
 * is no failure for it.
 */
export async function lookAround(ports: StandingPorts): Promise<boolean> {
  const { lanes, circumstances, logStanding } = ports;
  const expiry = await readExpiry(ports);
  if (expiry instanceof RetryableError) {
    logStanding({ kind: "no-tokens", fault: expiry });
    return false;
  }
  const closed = await lanes.findClosed();
  logStanding({
    kind: "standing",
    lanesClosed: closed.length,
    tokenDaysLeft: expiry === null ? null : Math.floor((expiry - circumstances.now()) / dayMs),
  });
  return true;
}

async function readExpiry({ tokens }: StandingPorts): Promise<number | null | RetryableError> {
  try {
    return await tokens.firstExpiry();
  } catch (error) {
    if (error instanceof RetryableError) {
      return error;
    }
    throw error;
  }
}

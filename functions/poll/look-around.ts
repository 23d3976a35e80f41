import { anyToken } from "#shared/ad/lane.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { Circumstances, LaneTable } from "#shared/steps/ports.ts";

export type StandingPorts = {
  lanes: LaneTable;
  tokens: {
    listTokenIds(): Promise<string[]>;
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
  const read = await readTokens(ports);
  if (read instanceof RetryableError) {
    logStanding({ kind: "no-tokens", fault: read });
    return false;
  }
  const { tokenIds, expiry } = read;
  const known = await Promise.all([anyToken, ...tokenIds].map((tokenId) => lanes.load(tokenId)));
  logStanding({
    kind: "standing",
    lanesClosed: known.flat().filter(({ closedUntil }) => closedUntil !== null).length,
    tokenDaysLeft: expiry === null ? null : Math.floor((expiry - circumstances.now()) / dayMs),
  });
  return true;
}

async function readTokens({ tokens }: StandingPorts) {
  try {
    return { tokenIds: await tokens.listTokenIds(), expiry: await tokens.firstExpiry() };
  } catch (error) {
    if (error instanceof RetryableError) {
      return error;
    }
    throw error;
  }
}

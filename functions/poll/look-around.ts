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

export type StandingLog = { lanesClosed: number; tokenDaysLeft: number | null };

const dayMs = 24 * 60 * 60_000;

/** Tells how things stand that no single event says: the lanes that are closed, and how long the tokens still hold. */
export async function lookAround({ lanes, tokens, circumstances, logStanding }: StandingPorts): Promise<void> {
  const known = await Promise.all((await tokens.listTokenIds()).map((tokenId) => lanes.load(tokenId)));
  const expiry = await tokens.firstExpiry();
  logStanding({
    lanesClosed: known.flat().filter(({ closedUntil }) => closedUntil !== null).length,
    tokenDaysLeft: expiry === null ? null : Math.floor((expiry - circumstances.now()) / dayMs),
  });
}

import { anyToken, type Lane, pausedLane } from "#shared/ad/lane.ts";
import type { LaneTable } from "#shared/steps/ports.ts";

/** Whose calls: those of one dealer, with the token that covers it now. */
export type DealerLane = { tokenId: string; dealerCode: string };

/** What is closed for a dealer: its pause, its own lane, and that of its whole token. */
export async function loadClosed(lanes: Pick<LaneTable, "load">, { tokenId, dealerCode }: DealerLane): Promise<Lane[]> {
  const loaded = (await Promise.all([...new Set([anyToken, tokenId])].map((id) => lanes.load(id)))).flat();
  return loaded.filter(
    (lane) => lane.closedUntil !== null && (lane.dealerCode === null || lane.dealerCode === dealerCode),
  );
}

/** Pauses a dealer. A pause that is there already stands. */
export async function pauseDealer(lanes: LaneTable, dealerCode: string, now: number): Promise<"paused" | "was paused"> {
  return (await lanes.save(pausedLane(dealerCode, now))) === "saved" ? "paused" : "was paused";
}

/** Opens these lanes as they were read. One that has changed since is left as it is, and given back. */
export async function openLanes(lanes: LaneTable, closed: readonly Lane[]): Promise<Lane[]> {
  const results = await Promise.all(closed.map((lane) => lanes.remove(lane)));
  return closed.filter((_, place) => results[place] === "conflict");
}

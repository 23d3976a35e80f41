import type { Lane } from "#shared/ad/lane.ts";
import { type Condition, isStill, isUnchanged } from "#shared/aws/condition.ts";
import type { LaneTable } from "#shared/steps/ports.ts";
import { holds, judged } from "./holds.ts";
import { copied, type Keep } from "./keep.ts";

/** The lanes in memory; `lanes()` shows them all. */
export type FakeLaneTable = LaneTable & { lanes(): Lane[] };

export function fakeLaneTable({ keep = copied }: { keep?: Keep } = {}): FakeLaneTable {
  const rows = new Map<string, Lane>();
  const nameOf = ({ tokenId, dealerCode }: Lane) => JSON.stringify([tokenId, dealerCode]);
  const isSo = (condition: Condition, lane: Lane) =>
    holds(condition, judged("revision", rows.get(nameOf(lane))?.revision));
  return {
    async load(tokenId) {
      return [...rows.values()].filter((lane) => lane.tokenId === tokenId).map(keep);
    },
    async findClosed() {
      return [...rows.values()].filter(({ closedUntil }) => closedUntil !== null).map(keep);
    },
    async save(lane) {
      if (!isSo(isUnchanged("revision", lane.revision), lane)) {
        return "conflict";
      }
      rows.set(nameOf(lane), keep({ ...lane, revision: lane.revision + 1 }));
      return "saved";
    },
    async remove(lane) {
      return isSo(isStill("revision", lane.revision), lane) && rows.delete(nameOf(lane)) ? "saved" : "conflict";
    },
    lanes: () => [...rows.values()].map(keep),
  };
}

import type { Lane } from "#shared/ad/lane.ts";
import type { LaneTable } from "#shared/steps/ports.ts";

/** The lanes in memory; `lanes()` shows them all. */
export type FakeLaneTable = LaneTable & { lanes(): Lane[] };

export function fakeLaneTable(): FakeLaneTable {
  const rows = new Map<string, Lane>();
  const nameOf = ({ tokenId, dealerCode }: Lane) => JSON.stringify([tokenId, dealerCode]);
  const isCurrent = (lane: Lane) => (rows.get(nameOf(lane))?.revision ?? 0) === lane.revision;
  return {
    async load(tokenId) {
      return structuredClone([...rows.values()].filter((lane) => lane.tokenId === tokenId));
    },
    async save(lane) {
      if (!isCurrent(lane)) {
        return "conflict";
      }
      rows.set(nameOf(lane), structuredClone({ ...lane, revision: lane.revision + 1 }));
      return "saved";
    },
    async remove(lane) {
      return isCurrent(lane) && rows.delete(nameOf(lane)) ? "saved" : "conflict";
    },
    lanes: () => structuredClone([...rows.values()]),
  };
}

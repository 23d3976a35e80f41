import type { Lane } from "#shared/ad/lane.ts";
import type { LaneTable } from "#shared/steps/ports.ts";

/** The lanes in memory for histories; rows are replaced whole, so none needs to be copied. */
export function historyLanes() {
  const rows = new Map<string, Lane>();
  const nameOf = ({ tokenId, dealerCode }: Lane) => `${tokenId} ${dealerCode}`;
  const isCurrent = (lane: Lane) => (rows.get(nameOf(lane))?.revision ?? 0) === lane.revision;
  const table: LaneTable = {
    load: async (tokenId) => [...rows.values()].filter((lane) => lane.tokenId === tokenId),
    async save(lane) {
      if (!isCurrent(lane)) {
        return "conflict";
      }
      rows.set(nameOf(lane), { ...lane, revision: lane.revision + 1 });
      return "saved";
    },
    remove: async (lane) => (isCurrent(lane) && rows.delete(nameOf(lane)) ? "saved" : "conflict"),
  };
  return { table, lanes: () => [...rows.values()] };
}

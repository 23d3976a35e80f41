import type { HistoryWorld } from "./history-world.ts";
import { listingIdsOf } from "./listing-ids.ts";
import type { TakenWrite } from "./truth.ts";

/** Checks a write just when the marketplace has taken it: it may not make a second living listing of its item. */
export function checkTaken(world: HistoryWorld, { made, listingId }: TakenWrite): void {
  if (made.call !== "post") {
    return;
  }
  const listingIds = listingIdsOf(world, made.item);
  const others = world.marketplace
    .ads()
    .filter(({ sourceId, state }) => sourceId !== listingId && listingIds.has(sourceId) && state !== "deleted");
  if (others.length > 0) {
    world.violations.report("one living listing per item", `${made.item}: ${listingId} beside ${others[0]?.sourceId}`);
  }
}

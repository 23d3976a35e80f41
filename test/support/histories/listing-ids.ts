import { nameOfItem } from "./history.ts";
import type { HistoryWorld } from "./history-world.ts";

/** All listings that were ever written for an item: by us, or in its former life. */
export function listingIdsOf({ truth, history }: HistoryWorld, name: string): Set<string> {
  const former = history.items.filter((item) => nameOfItem(item) === name && (item.formerLife ?? []).length > 0);
  return new Set([
    ...former.map(({ itemId }) => itemId),
    ...truth.all().flatMap(({ made, listingId }) => (made.item === name ? [listingId] : [])),
  ]);
}

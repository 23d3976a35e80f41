import { hasLongLog } from "./draw-long-logs.ts";
import type { Change, Item, SpoiltListing } from "./history.ts";
import { chance, makeRandom, pick, spread } from "./random.ts";

const minute = 60_000;

/**
 * In one history of twenty one listing cannot be read for a while, from a change of it on; in half of those with long logs, as
 * those are read by a way of their own. From a chance of their own, like all that came later.
 */
export function drawSpoiltListings(seed: number, items: readonly Item[], changes: readonly Change[]): SpoiltListing[] {
  const random = makeRandom(seed ^ 0x2b91);
  if (!chance(random, items.some(hasLongLog) ? 0.5 : 1 / 20)) {
    return [];
  }
  const { item, at } = pick(random, changes);
  const kind = pick(random, ["unreadable-row", "failing-list"] as const);
  return [{ kind, item, from: at, until: at + spread(random, 2 * minute, 60 * minute) }];
}

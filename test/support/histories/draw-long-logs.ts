import type { SettingsPatch } from "#local/simulator/settings.ts";
import type { Item } from "./history.ts";
import { chance, makeRandom, spread } from "./random.ts";

/**
 * In one history of thirty-three the two last items lie at one dealer, under ids that an earlier integration has written to for
 * long: four lines each time. Their logs outgrow the hundred lines of a list, before or while the history runs, and some the three
 * hundred that are remembered.
 */
export function withLongLogs(seed: number, items: readonly Item[]): Item[] {
  const random = makeRandom(seed ^ 0x10c5);
  if (!chance(random, 0.03)) {
    return [...items];
  }
  return items.map(
    (item, place): Item =>
      place < 2
        ? item
        : {
            ...item,
            source: "legacy",
            dealerCode: "SOLO",
            formerLife: Array.from({ length: spread(random, 18, 80) }, (_, write) => write % 2),
          },
  );
}

export function hasLongLog({ formerLife = [] }: Item): boolean {
  return formerLife.length > 2;
}

/** A row for each of a hundred writes, three to a page, is more than a list is read for: that is no matter of its log. */
export function fitForLongLogs(items: readonly Item[], { quirks, ...settings }: SettingsPatch): SettingsPatch {
  return items.some(hasLongLog)
    ? { ...settings, maxPageSize: 500, quirks: { ...quirks, rowsPerSourceId: "one" } }
    : { ...settings, ...(quirks && { quirks }) };
}

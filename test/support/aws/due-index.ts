import type { Ad, AdKey } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import type { AdTable, DuePage } from "#shared/steps/ports.ts";

type Entry = { key: AdKey; name: string; tokenId: string; dueAt: number | null; visibleFrom: number };

/** The `due` index as a global secondary index is: it shows each item as it was a while ago, never going back. */
export type DueIndex = {
  note(ad: Ad, dueAt: number | null, visibleFrom: number): void;
  find(query: Parameters<AdTable["findDue"]>[0], now: number): DuePage;
};

export function makeDueIndex(): DueIndex {
  const entries = new Map<string, Entry[]>();
  const visible = (all: Entry[], now: number): Entry | undefined => {
    while (all[1] !== undefined && all[1].visibleFrom <= now) {
      all.shift();
    }
    return all[0] !== undefined && all[0].visibleFrom <= now ? all[0] : undefined;
  };
  return {
    note(ad, dueAt, visibleFrom) {
      const name = formatAdKey(ad.key);
      const all = entries.get(name) ?? [];
      entries.set(name, all);
      const earliest = Math.max(visibleFrom, all.at(-1)?.visibleFrom ?? 0);
      all.push({ key: ad.key, name, tokenId: ad.tokenId, dueAt, visibleFrom: earliest });
    },
    find({ tokenId, now: dueBy, after, limit }, now) {
      const due: { key: AdKey; place: string }[] = [];
      for (const all of entries.values()) {
        const entry = visible(all, now);
        if (entry !== undefined && entry.tokenId === tokenId && entry.dueAt !== null && entry.dueAt <= dueBy) {
          due.push({ key: entry.key, place: `${String(entry.dueAt).padStart(16, "0")} ${entry.name}` });
        }
      }
      due.sort((a, b) => (a.place < b.place ? -1 : 1));
      const page = due.filter(({ place }) => after === null || place > after).slice(0, limit);
      const last = page.at(-1);
      return {
        keys: page.map(({ key }) => key),
        after: last !== undefined && page.length === limit ? last.place : null,
      };
    },
  };
}

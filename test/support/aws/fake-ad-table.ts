import type { Ad, AdKey } from "#shared/ad/ad.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import type { AdTable, DuePage } from "#shared/steps/ports.ts";

type Stored = { key: AdKey; ad: Ad; dueAt: number | null };

/** The ads table in memory, with a look inside. Whatever goes in or out is a copy. */
export type FakeAdTable = AdTable & {
  /** Every ad as stored, in the order of first saves. */
  ads(): Ad[];
  /** Where an ad lies in the `due` index; null when it is in none. */
  dueAt(key: AdKey): number | null;
  /** By sequence, as first written. */
  history(key: AdKey): AdEvent[];
  /** In the order they were written. */
  receipts(key: AdKey): Receipt[];
};

export function fakeAdTable(): FakeAdTable {
  const ads = new Map<string, Stored>();
  const history = new Map<string, Map<number, AdEvent>>();
  const receipts = new Map<string, Map<string, Receipt>>();
  return {
    async load(key) {
      return structuredClone(ads.get(nameOf(key))?.ad ?? null);
    },
    async save(ad, dueAt) {
      const id = nameOf(ad.key);
      if ((ads.get(id)?.ad.version ?? 0) !== ad.version) {
        return "conflict";
      }
      ads.set(id, structuredClone({ key: ad.key, ad: { ...ad, version: ad.version + 1 }, dueAt }));
      return "saved";
    },
    async hasReceipt(key, event) {
      return receipts.get(nameOf(key))?.has(eventName(event.source, event.id)) ?? false;
    },
    async writeReceipt(key, receipt) {
      setOnce(rowsOf(receipts, key), eventName(receipt.source, receipt.eventId), receipt);
    },
    async writeHistory(key, event) {
      setOnce(rowsOf(history, key), event.metadata.sequence, event);
    },
    async findDue(query) {
      return pageOfDue([...ads.values()], query);
    },
    ads: () => [...ads.values()].map(({ ad }) => structuredClone(ad)),
    dueAt: (key) => ads.get(nameOf(key))?.dueAt ?? null,
    history: (key) => {
      const events = [...rowsOf(history, key).values()];
      return structuredClone(events.sort((a, b) => a.metadata.sequence - b.metadata.sequence));
    },
    receipts: (key) => structuredClone([...rowsOf(receipts, key).values()]),
  };
}

/** As DynamoDB does it, a full page has a cursor even when nothing lies behind it. */
function pageOfDue(
  stored: Stored[],
  { tokenId, now, after, limit }: { tokenId: string; now: number; after: string | null; limit: number },
): DuePage {
  const due = stored.flatMap(({ key, ad, dueAt }) =>
    ad.tokenId === tokenId && dueAt !== null && dueAt <= now ? [{ key, place: placeOf(dueAt, key) }] : [],
  );
  due.sort((a, b) => (a.place < b.place ? -1 : 1));
  const page = due.filter(({ place }) => after === null || place > after).slice(0, limit);
  const last = page.at(-1);
  return {
    keys: page.map(({ key }) => structuredClone(key)),
    after: last !== undefined && page.length === limit ? last.place : null,
  };
}

function placeOf(dueAt: number, key: AdKey): string {
  return `${String(dueAt).padStart(16, "0")} ${nameOf(key)}`;
}

function nameOf(key: AdKey): string {
  return JSON.stringify("source" in key ? [key.source] : [key.dealerCode, key.itemId]);
}

function eventName(source: string, id: string): string {
  return JSON.stringify([source, id]);
}

function rowsOf<K, V>(tables: Map<string, Map<K, V>>, key: AdKey): Map<K, V> {
  const rows = tables.get(nameOf(key)) ?? new Map<K, V>();
  tables.set(nameOf(key), rows);
  return rows;
}

function setOnce<K, V>(rows: Map<K, V>, name: K, value: V): void {
  if (!rows.has(name)) {
    rows.set(name, structuredClone(value));
  }
}

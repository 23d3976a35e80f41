import type { Ad, AdKey } from "#shared/ad/ad.ts";
import { saveCondition } from "#shared/aws/ad-item.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import type { AdTable } from "#shared/steps/ports.ts";
import { makeDueIndex } from "./due-index.ts";
import { holds, judged } from "./holds.ts";
import { copied, type Keep } from "./keep.ts";

/** The ads table in memory, with a look inside. */
export type FakeAdTable = AdTable & {
  /** Every ad as stored, in the order of first saves. */
  ads(): Ad[];
  /** Where an ad lies in the `due` index once that shows its last save; null when it is in none. */
  dueAt(key: AdKey): number | null;
  /** By sequence, as first written. */
  history(key: AdKey): AdEvent[];
  /** In the order they were written. */
  receipts(key: AdKey): Receipt[];
};

export type FakeAdTableOptions = {
  keep?: Keep;
  now?: () => number;
  /** How long the index takes to show a save. */
  lagMs?: (ad: Ad) => number;
  /** Told of each save, with the ad as it was stored before. */
  onSave?: (ad: Ad, before: Ad | null) => void;
  /** Told when a row that stands once and for all is written again, and otherwise. */
  onRewrite?: (stands: Receipt | AdEvent, other: Receipt | AdEvent) => void;
};

export function fakeAdTable(options: FakeAdTableOptions = {}): FakeAdTable {
  const { keep = copied, now = () => 0, lagMs = () => 0, onSave = () => {}, onRewrite = () => {} } = options;
  const ads = new Map<string, { ad: Ad; dueAt: number | null }>();
  const history = new Map<string, Map<number, AdEvent>>();
  const receipts = new Map<string, Map<string, Receipt>>();
  const index = makeDueIndex();
  const writeOnce = <K, V extends Receipt | AdEvent>(rows: Map<K, V>, name: K, row: V): void => {
    const stands = rows.get(name);
    if (stands === undefined) {
      rows.set(name, keep(row));
    } else if (JSON.stringify(stands) !== JSON.stringify(row)) {
      onRewrite(stands, row);
    }
  };
  return {
    async load(key) {
      return keep(ads.get(nameOf(key))?.ad ?? null);
    },
    async save(ad, dueAt) {
      const name = nameOf(ad.key);
      const before = ads.get(name)?.ad ?? null;
      if (!holds(saveCondition(ad), judged("version", before?.version))) {
        return "conflict";
      }
      const stored = keep({ ...ad, version: ad.version + 1 });
      ads.set(name, { ad: stored, dueAt });
      index.note(stored, dueAt, now() + lagMs(stored));
      onSave(stored, before);
      return "saved";
    },
    async hasReceipt(key, event) {
      return receipts.get(nameOf(key))?.has(eventName(event.source, event.id)) ?? false;
    },
    async writeReceipt(key, receipt) {
      writeOnce(rowsOf(receipts, key), eventName(receipt.source, receipt.eventId), receipt);
    },
    async writeHistory(key, event) {
      writeOnce(rowsOf(history, key), event.metadata.sequence, event);
    },
    async findDue(query) {
      return keep(index.find(query, now()));
    },
    ads: () => [...ads.values()].map(({ ad }) => keep(ad)),
    dueAt: (key) => ads.get(nameOf(key))?.dueAt ?? null,
    history: (key) => {
      const events = [...rowsOf(history, key).values()];
      return events.map(keep).sort((a, b) => a.metadata.sequence - b.metadata.sequence);
    },
    receipts: (key) => [...rowsOf(receipts, key).values()].map(keep),
  };
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

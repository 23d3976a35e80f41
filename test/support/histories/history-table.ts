import type { Ad, AdKey } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import type { AdTable } from "#shared/steps/ports.ts";
import { makeDueIndex } from "./due-index.ts";

export type HistoryTableOptions = {
  now: () => number;
  /** How long the index takes to show a save. */
  drawLagMs: (ad: Ad) => number;
  /** Told of each save, with the ad as it was stored before. */
  onSave: (ad: Ad, before: Ad | null) => void;
  onRow: (kind: "receipt" | "history", key: AdKey, difference: { old: string; new: string } | null) => void;
};

/**
 * The ads table in memory for histories: hands out what it stores, instead of copies, as the steps never change an ad they
 * were given (`freeze` makes sure of it), and its index lags.
 */
export function historyTable({ now, drawLagMs, onSave, onRow }: HistoryTableOptions) {
  const ads = new Map<string, { ad: Ad; dueAt: number | null }>();
  const rows = new Map<string, Receipt | AdEvent>();
  const index = makeDueIndex();
  const writeOnce = (kind: "receipt" | "history", key: AdKey, [name, row]: [string, Receipt | AdEvent]) => {
    const place = `${kind} ${formatAdKey(key)} ${name}`;
    const old = rows.get(place);
    if (old === undefined) {
      rows.set(place, row);
      onRow(kind, key, null);
    } else if (JSON.stringify(old) !== JSON.stringify(row)) {
      onRow(kind, key, { old: JSON.stringify(old), new: JSON.stringify(row) });
    }
  };
  const rowsOf = (kind: "receipt" | "history", key: AdKey) => {
    const start = `${kind} ${formatAdKey(key)} `;
    return [...rows].filter(([place]) => place.startsWith(start)).map(([, row]) => row);
  };
  const table: AdTable = {
    load: async (key) => ads.get(formatAdKey(key))?.ad ?? null,
    async save(ad, dueAt) {
      const name = formatAdKey(ad.key);
      const before = ads.get(name)?.ad ?? null;
      if ((before?.version ?? 0) !== ad.version) {
        return "conflict";
      }
      const stored = { ...ad, version: ad.version + 1 };
      ads.set(name, { ad: stored, dueAt });
      index.note(stored, dueAt, now() + drawLagMs(stored));
      onSave(stored, before);
      return "saved";
    },
    hasReceipt: async (key, { source, id }) => rows.has(`receipt ${formatAdKey(key)} ${JSON.stringify([source, id])}`),
    writeReceipt: async (key, receipt) =>
      writeOnce("receipt", key, [JSON.stringify([receipt.source, receipt.eventId]), receipt]),
    writeHistory: async (key, event) => writeOnce("history", key, [String(event.metadata.sequence), event]),
    findDue: async (query) => index.find(query, now()),
  };
  return {
    table,
    ads: () => [...ads.values()].map(({ ad }) => ad),
    dueAt: (key: AdKey) => ads.get(formatAdKey(key))?.dueAt ?? null,
    hasWork: () => [...ads.values()].some(({ dueAt }) => dueAt !== null),
    receipts: (key: AdKey) => rowsOf("receipt", key) as Receipt[],
    /** In the order of first writing. */
    history: (key: AdKey) => rowsOf("history", key) as AdEvent[],
  };
}

export type HistoryTable = ReturnType<typeof historyTable>;

import * as z from "zod/mini";
import { compareLogTimes } from "#shared/ad/log-time.ts";
import type { LogEntry, Row } from "#shared/ad/marketplace.ts";
import { mergeLogs, parseLog } from "./log-entries.ts";

/** Ads with as many entries or more in a row have older ones that only the log's own address shows. */
export const inlineLogLimit = 100;

const word = z.pipe(z.union([z.string(), z.number()]), z.transform(String));
const optionalWord = z.catch(z.pipe(word, z.transform(emptyToNull)), null);

const rowSchema = z.object({
  source_id: word,
  state: z.string(),
  id: optionalWord,
  dealer_code: optionalWord,
  blocket_ad_id: optionalWord,
  created: optionalWord,
  updated: optionalWord,
  category_fields: z.catch(z.object({ registration_number: optionalWord, vin: optionalWord }), {
    registration_number: null,
    vin: null,
  }),
  log: z.optional(z.unknown()),
  logs: z.optional(z.unknown()),
});

/** A row as it was sent. `hasWholeLog` is false where its log is missing or cut: then the log must be read by itself. */
export type AdRow = {
  row: Row;
  id: string;
  created: string;
  updated: string;
  hasWholeLog: boolean;
};

/**
 * One ad of an answer; null when it lacks what every row has (typed-endpoints document, "Ad fields"). Anything more is
 * passed over. The log is `log` in the documents' tables and `logs` in their prose: both are read.
 */
export function parseAdRow(value: unknown): AdRow | null {
  const { success, data } = rowSchema.safeParse(value);
  if (!success) {
    return null;
  }
  const log = data.log ?? data.logs;
  const row: Row = {
    listingId: data.source_id,
    dealerCode: data.dealer_code,
    state: data.state,
    blocketAdId: data.blocket_ad_id,
    plate: data.category_fields.registration_number,
    vin: data.category_fields.vin,
    fields: value as Record<string, unknown>,
    log: Array.isArray(log) ? parseLog(log) : [],
  };
  const hasWholeLog = Array.isArray(log) && log.length < inlineLogLimit;
  return { row, id: data.id ?? "", created: data.created ?? "", updated: data.updated ?? "", hasWholeLog };
}

/**
 * The newest of several rows of one listing, with the log entries of all of them; null of none. The older documents
 * announce a row for each POST, PUT and DELETE. Which one it is doesn't depend on the order they came in.
 */
export function pickNewestRow(rows: readonly AdRow[]): AdRow | null {
  const newest = rows.toSorted(compareRows).at(-1);
  if (newest === undefined) {
    return null;
  }
  const logs: LogEntry[][] = rows.toSorted(compareRows).map(({ row }) => row.log);
  return {
    ...newest,
    row: { ...newest.row, log: mergeLogs(logs) },
    hasWholeLog: rows.every(({ hasWholeLog }) => hasWholeLog),
  };
}

function compareRows(a: AdRow, b: AdRow): number {
  return compareLogTimes(a.updated, b.updated) || compareLogTimes(a.created, b.created) || compareIdentities(a, b);
}

function compareIdentities(a: AdRow, b: AdRow): number {
  const left = JSON.stringify([a.id, a.row.state, a.row.blocketAdId]);
  const right = JSON.stringify([b.id, b.row.state, b.row.blocketAdId]);
  return left.localeCompare(right, "en", { numeric: true });
}

function emptyToNull(text: string): string | null {
  return text === "" ? null : text;
}

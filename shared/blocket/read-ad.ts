import type { ReadCall, ReadReply, Row } from "#shared/ad/marketplace.ts";
import { type AdReader, failRead, type ReadFailure } from "./ad-reader.ts";
import { type AdRow, parseAdRow } from "./ad-row.ts";
import { mergeLogs } from "./log-entries.ts";
import { adPath, isUsableListingId } from "./paths.ts";
import { mostLogEntries, readLog } from "./read-log.ts";

/**
 * Reads one listing by its id: the one read whose 404 says that there is none. A row of another dealer, which a token of a
 * group may show, is not ours and counts as `absent` with `taken`.
 */
export async function readAd(reader: AdReader, call: ReadCall): Promise<ReadReply> {
  if (!isUsableListingId(call.listingId)) {
    return unusableListing;
  }
  const reading = await reader(adPath(call.listingId));
  if (reading.kind === "failed") {
    return reading;
  }
  if (reading.kind === "absent") {
    return { kind: "read", snapshot: { kind: "absent", taken: false } };
  }
  const adRow = parseAdRow(reading.value);
  if (adRow === null || adRow.row.listingId !== call.listingId) {
    return failRead("unreadable 2xx (not the ad asked for)", "listing");
  }
  return isOfDealer(adRow, call.dealerCode)
    ? readWholeRow(reader, adRow)
    : { kind: "read", snapshot: { kind: "absent", taken: true } };
}

export const unusableListing: ReadFailure = failRead("the listing id cannot stand in a path", "listing");

/** A row without a `dealer_code` is taken for ours: the token showed it. */
export function isOfDealer({ row }: AdRow, dealerCode: string): boolean {
  return row.dealerCode === null || row.dealerCode === dealerCode;
}

/** The row as found, its log filled up from the log's own address where the row has none or not all of it. */
export async function readWholeRow(reader: AdReader, { row, hasWholeLog }: AdRow): Promise<ReadReply> {
  const log = hasWholeLog ? [] : await readLog(reader, row.listingId);
  if (!Array.isArray(log)) {
    return log;
  }
  const whole: Row = { ...row, log: mergeLogs([log, row.log]).slice(-mostLogEntries) };
  return { kind: "read", snapshot: { kind: "found", row: whole } };
}

import type { ReadCall, ReadReply } from "#shared/ad/marketplace.ts";
import type { AdReader } from "./ad-reader.ts";
import { failRead, type ReadFailure } from "./ad-reader.ts";
import { pickNewestRow } from "./ad-row.ts";
import { type ListedRows, listRows } from "./list-rows.ts";
import { isListable } from "./paths.ts";
import { isOfDealer, readAd, readWholeRow } from "./read-ad.ts";

/** A longer query is asked in parts; servers and proxies begin to refuse at 8,000 characters. */
const longestIds = 4_000;

/**
 * Reads many listings in one request, or few. In the order asked for; one that the list doesn't have is `unlisted`. Once
 * a request has failed, all that was not read yet has failed with it.
 */
export async function readMany(reader: AdReader, calls: readonly ReadCall[]): Promise<ReadReply[]> {
  const listable = calls.map(({ listingId }) => listingId).filter(isListable);
  const listed = new Map<string, ListedRows | ReadFailure>();
  for (const listingIds of splitByLength([...new Set(listable)])) {
    const rows = await listRows(reader, listingIds);
    listingIds.forEach((id) => void listed.set(id, rows));
  }
  const replies: ReadReply[] = [];
  for (const call of calls) {
    const rows = listed.get(call.listingId);
    replies.push(rows === undefined ? await readAd(reader, call) : await pickReply(reader, call, rows));
  }
  return replies;
}

async function pickReply(reader: AdReader, call: ReadCall, listed: ListedRows | ReadFailure): Promise<ReadReply> {
  if ("kind" in listed) {
    return listed;
  }
  if (listed.unreadable.has(call.listingId)) {
    return failRead("unreadable row", "listing");
  }
  const rows = listed.rows.filter(({ row }) => row.listingId === call.listingId);
  const newest = pickNewestRow(rows.filter((row) => isOfDealer(row, call.dealerCode)));
  if (newest !== null) {
    return readWholeRow(reader, newest);
  }
  return listed.hasNameless ? failRead("unreadable row", "listing") : { kind: "read", snapshot: { kind: "unlisted" } };
}

function splitByLength(listingIds: readonly string[]): string[][] {
  const parts: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const id of listingIds) {
    const added = encodeURIComponent(id).length + 1;
    if (length + added > longestIds) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(id);
    length += added;
  }
  return parts;
}

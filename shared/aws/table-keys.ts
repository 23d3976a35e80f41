import { createHash } from "node:crypto";
import type { EventRef } from "#shared/ad/ad.ts";
import { encodeText } from "#shared/ad/ad-key.ts";

/*
 * The keys of the ads table. Partition: `<dealerCode>#<itemId>`, `source#<source>` for what names no item,
 * `chain#<tokenId>`, `lane#<tokenId>`, `canary`, `values`, `values-refresh`. What comes from outside is percent-encoded, so that `#` only ever separates.
 */

/** Under which the chains lie in the `due` index; no token can be named so. */
export const chains = "chain#";

/** DynamoDB's limit for a sort key is 1024 bytes; 200 characters can become 1800. */
const mostSortBytes = 1024;

export function chainPartition(tokenId: string): string {
  return `${chains}${tokenId}`;
}

export function parseChainPartition(partition: string): string {
  return partition.slice(chains.length);
}

export function lanePartition(tokenId: string): string {
  return `lane#${tokenId}`;
}

/** The index in which a receipt is found by its event alone, whatever item it is filed under. */
export const receiptsIndex = "receipts";

/** So many receipts of one event are looked up: each is read by itself, and a source may use one id for all its items. */
export const receiptsAtMost = 100;

export const historyPrefix = "event#";

export function historySort(sequence: number): string {
  return `${historyPrefix}${String(sequence).padStart(10, "0")}`;
}

/** An id too long for a key is named by its hash; `:` can't occur in an encoded one. */
export function receiptSort(event: EventRef): string {
  const sort = `receipt#${encodeText(event.source)}#`;
  const id = encodeText(event.id);
  return sort.length + id.length <= mostSortBytes
    ? sort + id
    : `${sort}sha256:${createHash("sha256").update(id).digest("hex")}`;
}

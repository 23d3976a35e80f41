import { createHash } from "node:crypto";
import type { AdKey, EventRef } from "#shared/ad/ad.ts";
import { encodeText, formatAdKey } from "#shared/ad/ad-key.ts";

/*
 * The keys of the ads table. Partition: `<dealerCode>#<itemId>`, `source#<source>` for what names no item,
 * `receipt#<source>#<eventId>`, `chain#<tokenId>`, `lane#<tokenId>`, `canary`, `values`, `values-refresh`. What comes from outside is
 * percent-encoded, so that `#` only ever separates: an item has one of them, a receipt two.
 */

/** Under which the chains lie in the `due` index; no token can be named so. */
export const chains = "chain#";

/** DynamoDB's limit for a sort key is 1024 bytes, for a partition key twice that; 200 characters can become 1800. */
const mostBytes = 1024;

export function chainPartition(tokenId: string): string {
  return `${chains}${tokenId}`;
}

export function parseChainPartition(partition: string): string {
  return partition.slice(chains.length);
}

/** Under which the closed lanes lie in the `due` index; no token can be named so. */
export const closedLanes = "lane#";

export function lanePartition(tokenId: string): string {
  return `${closedLanes}${tokenId}`;
}

export function parseLanePartition(partition: string): string {
  return partition.slice(closedLanes.length);
}

export const receiptPrefix = "receipt#";

/** So many receipts of one event are looked up: a source may use one id for all its items. */
export const receiptsAtMost = 100;

export const historyPrefix = "event#";

export function historySort(sequence: number): string {
  return `${historyPrefix}${String(sequence).padStart(10, "0")}`;
}

/** Under which all receipts of one event lie, one for each item it was about. */
export function receiptPartition(event: EventRef): string {
  return orHash(`${receiptPrefix}${encodeText(event.source)}#`, encodeText(event.id));
}

/** Whose receipt it is, within those of its event. */
export function receiptSort(key: AdKey): string {
  const partition = formatAdKey(key);
  const at = partition.indexOf("#") + 1;
  return orHash(partition.slice(0, at), partition.slice(at));
}

/** An id too long for a key is named by its hash; `:` can't occur in an encoded one. */
function orHash(before: string, id: string): string {
  return before.length + id.length <= mostBytes
    ? before + id
    : `${before}sha256:${createHash("sha256").update(id).digest("hex")}`;
}

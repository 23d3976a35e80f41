import { createHash } from "node:crypto";
import type { AdKey, EventRef } from "#shared/ad/ad.ts";

/*
 * The keys of the ads table. Partition: `<dealerCode>#<itemId>`, `source#<source>` for what names no item,
 * `chain#<tokenId>`. What comes from outside is percent-encoded, so that `#` only ever separates.
 */

/** Under which the chains lie in the `due` index; no token can be named so. */
export const chains = "chain#";

/** First words that are not dealers'; a dealer of that name is encoded. */
const reserved: readonly string[] = ["source", "chain", "lane"];
/** DynamoDB's limit for a sort key is 1024 bytes; 200 characters can become 1800. */
const mostSortBytes = 1024;

export function adPartition(key: AdKey): string {
  if ("source" in key) {
    return `source#${encodeText(key.source)}`;
  }
  const { dealerCode, itemId } = key;
  const dealer = reserved.includes(dealerCode)
    ? `%${hex(dealerCode.charCodeAt(0), 2)}${dealerCode.slice(1)}`
    : dealerCode;
  return `${dealer}#${encodeText(itemId)}`;
}

/** The reverse of `adPartition`. */
export function parseAdPartition(partition: string): AdKey {
  const at = partition.indexOf("#");
  const first = partition.slice(0, at);
  const rest = decodeText(partition.slice(at + 1));
  return first === "source" ? { source: rest } : { dealerCode: decodeText(first), itemId: rest };
}

export function chainPartition(tokenId: string): string {
  return `${chains}${tokenId}`;
}

export function parseChainPartition(partition: string): string {
  return partition.slice(chains.length);
}

export function historySort(sequence: number): string {
  return `event#${String(sequence).padStart(10, "0")}`;
}

/** An id too long for a key is named by its hash; `:` can't occur in an encoded one. */
export function receiptSort(event: EventRef): string {
  const sort = `receipt#${encodeText(event.source)}#`;
  const id = encodeText(event.id);
  return sort.length + id.length <= mostSortBytes
    ? sort + id
    : `${sort}sha256:${createHash("sha256").update(id).digest("hex")}`;
}

/** `encodeURIComponent` that also takes half a surrogate pair, which JSON may carry, as `%uD83D`. */
function encodeText(text: string): string {
  return text.isWellFormed()
    ? encodeURIComponent(text)
    : Array.from(text, (char) =>
        char.isWellFormed() ? encodeURIComponent(char) : `%u${hex(char.charCodeAt(0), 4)}`,
      ).join("");
}

function decodeText(encoded: string): string {
  const parts = encoded.split(/%u([0-9A-F]{4})/);
  return parts
    .map((part, index) => (index % 2 === 0 ? decodeURIComponent(part) : String.fromCharCode(Number.parseInt(part, 16))))
    .join("");
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, "0");
}

import type { AdKey } from "./ad.ts";

/** First words that are not dealers'; a dealer of that name is encoded. */
const reserved: readonly string[] = ["source", "chain", "lane"];

/**
 * The key as one text: `DEMO#car%2F1`, or `source#sandbox` for what names no item. What comes from outside is
 * percent-encoded, so that `#` only ever separates and no two keys look alike.
 */
export function formatAdKey(key: AdKey): string {
  if ("source" in key) {
    return `source#${encodeText(key.source)}`;
  }
  const { dealerCode, itemId } = key;
  const dealer = reserved.includes(dealerCode) ? `%${hex(dealerCode.charCodeAt(0))}${dealerCode.slice(1)}` : dealerCode;
  return `${dealer}#${encodeText(itemId)}`;
}

/** The reverse of `formatAdKey`. */
export function parseAdKey(partition: string): AdKey {
  const at = partition.indexOf("#");
  const first = partition.slice(0, at);
  const rest = decodeText(partition.slice(at + 1));
  return first === "source" ? { source: rest } : { dealerCode: decodeText(first), itemId: rest };
}

/** `encodeURIComponent` that also takes half a surrogate pair, which JSON may carry, as `%uD83D`. */
export function encodeText(text: string): string {
  return text.isWellFormed()
    ? encodeURIComponent(text)
    : Array.from(text, (char) =>
        char.isWellFormed() ? encodeURIComponent(char) : `%u${hex(char.charCodeAt(0))}`,
      ).join("");
}

function decodeText(encoded: string): string {
  const parts = encoded.split(/%u([0-9A-F]{4})/);
  return parts
    .map((part, index) => (index % 2 === 0 ? decodeURIComponent(part) : String.fromCharCode(Number.parseInt(part, 16))))
    .join("");
}

/** Of a letter two digits, of half a surrogate pair four. */
function hex(code: number): string {
  return code.toString(16).toUpperCase();
}

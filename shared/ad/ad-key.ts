import type { AdKey } from "./ad.ts";

/** The key as one text, unambiguous: `DEMO#car%2F1`, or `source#sandbox` for what names no item. */
export function formatAdKey(key: AdKey): string {
  return "source" in key ? `source#${key.source}` : `${key.dealerCode}#${encodeURIComponent(key.itemId)}`;
}

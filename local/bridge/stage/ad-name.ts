/** An item as an operator writes it. */
export type ItemKey = { dealerCode: string; itemId: string };

/** Reads `DEALER/ITEM`; the item may itself hold slashes. Throws one sentence. */
export function parseAdName(text: string): ItemKey {
  const at = text.indexOf("/");
  const key = { dealerCode: text.slice(0, Math.max(at, 0)), itemId: text.slice(at + 1) };
  if (at < 1 || key.itemId === "") {
    throw new Error(`"${text}" names no ad: write DEALER/ITEM, such as DEMO/car-001`);
  }
  return key;
}

export function formatAdName({ dealerCode, itemId }: ItemKey): string {
  return `${dealerCode}/${itemId}`;
}

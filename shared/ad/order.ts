import type { WishOrder } from "./ad.ts";

/**
 * Which of two wishes for one item is the newer: negative when `a` is the older. Two `sequence`s decide alone: as integers
 * when both are digits (CloudEvents' sequencetype "Integer"), else as text, which is how the extension defines it.
 */
export function compareOrder(a: WishOrder, b: WishOrder): number {
  if (a.sequence !== null && b.sequence !== null) {
    return compareSequence(a.sequence, b.sequence);
  }
  return a.time - b.time || a.receivedAt - b.receivedAt || a.place - b.place;
}

function compareSequence(a: string, b: string): number {
  const digits = /^\d+$/;
  if (digits.test(a) && digits.test(b)) {
    return Number(BigInt(a) - BigInt(b) > 0n) - Number(BigInt(a) - BigInt(b) < 0n);
  }
  return Number(a > b) - Number(a < b);
}

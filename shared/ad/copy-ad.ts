import type { Ad } from "./ad.ts";

/** Kept whole: nothing ever changes a stored document or an outbox row in place. */
const shared = new Set(["documents", "event", "receipt"]);

/** A copy that a decision may change in place. Several times faster than `structuredClone`, which knows more than plain JSON. */
export function copyAd(ad: Ad): Ad {
  return copy(ad);
}

/** Whether two records say the same; parts they share are not looked into. */
export function isSameAd(a: Ad, b: Ad): boolean {
  return isSame(a, b);
}

function copy<T extends object>(value: T): T {
  if (Array.isArray(value)) {
    return (typeof value[0] === "object" ? value.map(copy) : value.slice()) as T;
  }
  const copied = { ...value } as Record<string, unknown>;
  for (const key in copied) {
    const inner = copied[key];
    if (typeof inner === "object" && inner !== null && !shared.has(key)) {
      copied[key] = copy(inner);
    }
  }
  return copied as T;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b || typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return a === b;
  }
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every((key) => isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

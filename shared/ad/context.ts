import type { Waits } from "#shared/contracts/waits.ts";
import type { Instant } from "./ad.ts";

/** What a decision is told of the world. `random` is in [0, 1). */
export type Context = { now: Instant; waits: Waits; newId: () => string; random: () => number };

/** The pause before the next of `attempts` tries: doubled each time up to the longest, spread over its upper half by chance. */
export function backoffMs(attempts: number, { waits, random }: Context): number {
  const whole = Math.min(waits.retryMostMs, waits.retryFirstMs * 2 ** Math.max(0, attempts - 1));
  return Math.round(whole * (0.5 + random() / 2));
}

import { setTimeout as wait } from "node:timers/promises";

export type Wait = { stop: AbortSignal; withinMs: number; otherwise: () => string };

const everyMs = 200;

/** Looks again and again until the condition holds; rejects with a sentence when that takes too long. */
export async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  { stop, withinMs, otherwise }: Wait,
): Promise<void> {
  const endsAt = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > endsAt) {
      throw new Error(otherwise());
    }
    await wait(everyMs, undefined, { signal: stop });
  }
}

import { productionWaits, type Waits, waitsSchema } from "#shared/contracts/waits.ts";

const speed = 20;

/**
 * Every wait of production twenty times faster, but for the two that real sockets and processes on one machine need, and the
 * two of the values: asked for ten minutes after the start, those requests stay out of what a visitor tries.
 */
export const sandboxWaits: Waits = waitsSchema.parse({
  ...Object.fromEntries(Object.entries(productionWaits).map(([name, ms]) => [name, ms / speed])),
  roundMs: 1_000,
  callMs: 2_000,
  valuesMs: productionWaits.valuesMs,
  valuesRetryMs: productionWaits.valuesRetryMs,
});

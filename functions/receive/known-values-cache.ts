import { indexValues, type KnownValues, type VehicleValues } from "#shared/contracts/known-values.ts";

export type KnownValuesCacheOptions = {
  /** What the scheduled refresh has stored. */
  load(): Promise<VehicleValues[]>;
  now(): number;
  onFailure(fault: unknown): void;
  /** How old what is held may be before it is read again; ten minutes unless told. */
  maxAgeMs?: number;
  /** The least between a read that failed and the next; fifteen seconds unless told. */
  retryGapMs?: number;
};

/**
 * What the marketplace has for fields such as `brand`, held by age. `current` never waits and never fails: it gives what is
 * held, at first nothing, and has it read again behind the request's back. `read` waits, for when the function starts.
 */
export function knownValuesCache(options: KnownValuesCacheOptions) {
  const { load, now, onFailure, maxAgeMs = 10 * 60_000, retryGapMs = 15_000 } = options;
  let held: KnownValues = new Map();
  let nextReadAt = Number.NEGATIVE_INFINITY;
  const read = async (): Promise<void> => {
    const startedAt = now();
    // Set before, for a read that fails or never ends: many requests may come by meanwhile.
    nextReadAt = startedAt + retryGapMs;
    held = indexValues(await load());
    nextReadAt = startedAt + maxAgeMs;
  };
  return {
    read,
    current(): KnownValues {
      if (now() >= nextReadAt) {
        read().catch(onFailure);
      }
      return held;
    },
  };
}

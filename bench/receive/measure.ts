const warmUpCalls = 10_000;
const parts = 10;

/**
 * Microseconds per call, after warming up: the fastest round of each tenth of them. A round lasts some milliseconds: short enough
 * for a busy machine to leave one alone.
 */
export async function measure(
  act: () => unknown,
  { rounds = 200, calls = 100 }: { rounds?: number; calls?: number } = {},
): Promise<number[]> {
  for (let call = 0; call < warmUpCalls; call += 1) {
    await act();
  }
  const fastest: number[] = Array.from({ length: parts }, () => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) {
      await act();
    }
    const part = Math.floor((round * parts) / rounds);
    fastest[part] = Math.min(fastest[part] ?? 0, Number(process.hrtime.bigint() - startedAt) / calls / 1000);
  }
  return fastest;
}

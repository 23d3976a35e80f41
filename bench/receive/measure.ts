/** Microseconds per call. */
export type Measured = { median: number; fastest: number };

const warmUpCalls = 10_000;

/**
 * Microseconds per call, after warming up: the median of many rounds, and the fastest. A round lasts some milliseconds: short
 * enough for a busy machine to leave one alone.
 */
export async function measure(
  act: () => unknown,
  { rounds = 200, calls = 100 }: { rounds?: number; calls?: number } = {},
): Promise<Measured> {
  for (let call = 0; call < warmUpCalls; call += 1) {
    await act();
  }
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) {
      await act();
    }
    times.push(Number(process.hrtime.bigint() - startedAt) / calls / 1000);
  }
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(times.length / 2)] ?? 0, fastest: times[0] ?? 0 };
}

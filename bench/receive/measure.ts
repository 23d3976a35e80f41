/** Microseconds per call: the median of `rounds` rounds, and the fastest, of `calls` calls each, after warming up. */
export async function measure(
  act: () => unknown,
  { rounds = 15, calls = 2_000 }: { rounds?: number; calls?: number } = {},
): Promise<{ median: number; fastest: number }> {
  const times: number[] = [];
  for (let round = 0; round < rounds + 3; round += 1) {
    const startedAt = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) {
      await act();
    }
    times.push(Number(process.hrtime.bigint() - startedAt) / calls / 1000);
  }
  const warm = times.slice(3).toSorted((a, b) => a - b);
  return { median: warm[Math.floor(warm.length / 2)] ?? 0, fastest: warm[0] ?? 0 };
}

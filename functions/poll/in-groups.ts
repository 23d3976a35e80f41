const adsAtOnce = 10;

/** Runs `run` for each, a few at a time. The results are in the order of `all`. */
export async function inGroups<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let first = 0; first < all.length; first += adsAtOnce) {
    results.push(...(await Promise.all(all.slice(first, first + adsAtOnce).map(run))));
  }
  return results;
}

/** One ad's failure is not the others': it stays due, and the next round comes by. */
export async function orFailure<T>(work: Promise<T>): Promise<{ value?: T; failure?: unknown }> {
  const [result] = await Promise.allSettled([work]);
  return result.status === "rejected" ? { failure: result.reason } : { value: result.value };
}

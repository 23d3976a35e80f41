export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The least spread of what is timed: a few rounds that happen to agree are no proof that the next ones will. */
const leastSpread = 0.02;

/**
 * How far apart the medians of two runs may lie: so many halves of the range between the quartiles of one, over the root of its
 * rounds. Of normally distributed rounds 7 would do for 99 pairs in 100 if that range were known. It is found from the rounds
 * themselves, and two dozen figures are to agree at once: with 12, of 15 rounds and more, each does 997 times in 1,000.
 */
const twoRunsApart = 12;

/**
 * Of rounds that are timed or weighed: how far from their median that of another run may be, as a share of it, and 0.02 at least.
 * Rounds of one run are taken for independent, which those of one process are not quite.
 */
export function spreadOf(values: readonly number[]): number {
  const middle = median(values);
  const half = (quantile(values, 0.75) - quantile(values, 0.25)) / 2;
  const apart = (twoRunsApart * half) / Math.sqrt(values.length);
  return middle === 0 ? leastSpread : Math.max(leastSpread, apart / middle);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

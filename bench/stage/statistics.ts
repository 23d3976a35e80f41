export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The least spread of what is timed: a few rounds that happen to agree are no proof that the next ones will. */
const leastSpread = 0.02;

/**
 * Of rounds that are timed or weighed: half of the range between the quartiles, as a share of the median, and 0.02 at least. In
 * such a band half of the rounds lie.
 */
export function spreadOf(values: readonly number[]): number {
  const middle = median(values);
  const band = (quantile(values, 0.75) - quantile(values, 0.25)) / 2;
  return middle === 0 ? leastSpread : Math.max(leastSpread, band / middle);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

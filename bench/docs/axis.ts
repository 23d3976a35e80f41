/** Where a value lies on the page, and the marks along the axis. */
export type Axis = { at(value: number | string): number; ticks: { at: number; label: string }[] };

type Range = readonly [number, number];

/** From the least to the greatest value, widened to round numbers. */
export function linearAxis(values: readonly number[], [from, to]: Range): Axis {
  const least = Math.min(...values);
  const most = Math.max(...values, least + Number.EPSILON);
  const step = roundStep((most - least) / 5);
  const low = Math.floor(least / step) * step;
  const high = Math.ceil(most / step) * step;
  const at = (value: number | string) => from + ((Number(value) - low) / (high - low)) * (to - from);
  const count = Math.round((high - low) / step);
  const marks = Array.from({ length: count + 1 }, (_, place) => low + place * step);
  return { at, ticks: marks.map((mark) => ({ at: at(mark), label: labelOf(mark) })) };
}

/** Marks at powers of ten. Values must be above 0. */
export function logAxis(values: readonly number[], [from, to]: Range): Axis {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(Math.ceil(Math.log10(Math.max(...values))), low + 1);
  const at = (value: number | string) => from + ((Math.log10(Number(value)) - low) / (high - low)) * (to - from);
  const marks = Array.from({ length: high - low + 1 }, (_, place) => 10 ** (low + place));
  return { at, ticks: marks.map((mark) => ({ at: at(mark), label: labelOf(mark) })) };
}

/** One band for each word. */
export function bandAxis(words: readonly string[], [from, to]: Range): Axis {
  const band = (to - from) / words.length;
  const at = (word: number | string) => from + (words.indexOf(String(word)) + 0.5) * band;
  return { at, ticks: words.map((word) => ({ at: at(word), label: word })) };
}

/** 1, 2 or 5 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((digit) => digit * power >= least) ?? 10);
}

function labelOf(value: number): string {
  return String(Number(value.toPrecision(6)));
}

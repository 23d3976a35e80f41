/**
 * Compares two times of the action log: ISO 8601 with none to many fraction digits. Only such times are compared with each
 * other, never with our clock. Unreadable ones compare as text, so that the order stays total.
 */
export function compareLogTimes(a: string, b: string): number {
  const [aMs, bMs] = [Date.parse(a), Date.parse(b)];
  if (Number.isNaN(aMs) || Number.isNaN(bMs)) {
    return Number(a > b) - Number(a < b);
  }
  return aMs - bMs || fractionOf(a) - fractionOf(b);
}

function fractionOf(time: string): number {
  return Number(`0.${/\.(\d+)/.exec(time)?.[1] ?? "0"}`);
}

/** The time as ISO 8601 in UTC with milliseconds; `fallback` (epoch ms) where it can't be read. */
export function toIsoTime(time: string, fallback: number): string {
  const ms = Date.parse(time);
  return new Date(Number.isNaN(ms) ? fallback : ms).toISOString();
}

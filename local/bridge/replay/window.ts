/** From `from` on and before `to`, in epoch ms; null: without that end. */
export type Window = { from: number | null; to: number | null };

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Reads a window of time. Throws one sentence: a time without its zone would mean another hour elsewhere. */
export function parseWindow({ from, to }: { from?: string; to?: string }): Window {
  const window = { from: parseTime("--from", from), to: parseTime("--to", to) };
  if (window.from !== null && window.to !== null && window.from >= window.to) {
    throw new Error(`--from ${from} is not before --to ${to}`);
  }
  return window;
}

export function isWithin({ from, to }: Window, time: string): boolean {
  const at = Date.parse(time);
  return (from === null || at >= from) && (to === null || at < to);
}

function parseTime(name: string, text: string | undefined): number | null {
  if (text === undefined) {
    return null;
  }
  const at = isoTime.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new Error(`${name} must be a time with its zone, such as 2026-11-21T06:00:00Z, not "${text}"`);
  }
  return at;
}

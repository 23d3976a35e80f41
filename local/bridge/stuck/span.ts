const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const form = /^(\d+)([smhd])$/;

/** Reads a span of time such as `90s`, `10m`, `2h` or `1d`, into milliseconds. Throws one sentence. */
export function parseSpan(name: string, text: string): number {
  const [, count = "", unit = ""] = form.exec(text) ?? [];
  const spanMs = Number(count) * (units[unit] ?? Number.NaN);
  if (!Number.isSafeInteger(spanMs)) {
    throw new Error(`${name} must be a span of time such as 90s, 10m, 2h or 1d, not "${text}"`);
  }
  return spanMs;
}

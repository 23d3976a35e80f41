const longestMs = 24 * 60 * 60 * 1_000;

/**
 * How long a `Retry-After` asks us to wait: seconds, or an HTTP date (RFC 9110, 10.2.3) by our own clock, which is why a
 * date in the past is 0. At most a day, since a slip there would silence a dealer; null where there is none or it is not readable.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) {
    return Math.min(Number(text) * 1_000, longestMs);
  }
  // Only with its zone: without, Date.parse would take the local one.
  const at = /^[A-Z][a-z]+, .+ GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.min(Math.max(at - now, 0), longestMs);
}

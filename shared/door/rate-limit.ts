/** What one container takes of a source each second, on average, unless its configuration says otherwise. */
export const usualRequestsPerSecond = 20;

/** A source may save up as many requests as come in this time, and send them at once. */
const burstSeconds = 10;

/** Takes one request of an authentic source; gives null, or the whole seconds after which the next one will be taken. */
export type RateLimit = (source: { name: string; requestsPerSecond?: number | undefined }) => number | null;

/**
 * A bucket of tokens per source, in this container's memory. Containers don't know of each other, and a source that sends
 * in parallel is served by several: the limit is what keeps one source that runs wild from using up everyone's share, not
 * an exact figure. `now` is in epoch ms.
 *
 * To be asked only after the source has proved itself: nobody else may use up its share.
 */
export function rateLimit(now: () => number): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return ({ name, requestsPerSecond = usualRequestsPerSecond }) => {
    const most = Math.max(1, requestsPerSecond * burstSeconds);
    const at = now();
    const bucket = buckets.get(name) ?? { tokens: most, at };
    const gained = (Math.max(0, at - bucket.at) / 1000) * requestsPerSecond;
    const tokens = Math.min(most, bucket.tokens + gained);
    const isTaken = tokens >= 1;
    buckets.set(name, { tokens: isTaken ? tokens - 1 : tokens, at });
    return isTaken ? null : Math.ceil((1 - tokens) / requestsPerSecond);
  };
}

export type Backoff = { firstSeconds: number; mostSeconds: number };

/**
 * Whole seconds until a message is to be seen again, doubling with each delivery up to `mostSeconds`. Half of it is
 * chance (`random` in [0, 1)), so that messages that failed together don't come back together.
 */
export function planDelaySeconds(receiveCount: number, backoff: Backoff, random: number): number {
  const doublings = Math.min(Math.max(receiveCount - 1, 0), 30);
  const longest = Math.min(backoff.firstSeconds * 2 ** doublings, backoff.mostSeconds);
  return Math.max(1, Math.ceil(longest / 2 + (longest / 2) * random));
}

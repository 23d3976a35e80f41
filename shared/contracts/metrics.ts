/**
 * Every metric there is: its unit at CloudWatch, and the log line in which it stands, or lines. None has a dimension but `Accepted`, which
 * is also counted per source: a source that falls silent is to be noticed, and there are few. None says whose ad it was.
 */
export const metrics = {
  /** Inventory events queued, and found invalid, at the door. */
  Accepted: { unit: "Count", line: "receive.answered" },
  Rejected: { unit: "Count", line: "receive.answered" },
  /** Requests whose source proved itself by a key or a password, not by a signature: all of them, however they were answered. */
  Unsigned: { unit: "Count", line: ["receive.answered", "status.answered"] },
  /** Writes that the marketplace took, calls whose fate is unknown, and calls that cost money, however they ended. */
  Submitted: { unit: "Count", line: "submit.called" },
  InDoubt: { unit: "Count", line: "submit.called" },
  ChargedCalls: { unit: "Count", line: "submit.called" },
  /** What was told, once it was: receipts of wishes that changed nothing, and ad events. */
  Suppressed: { unit: "Count", line: "ad.told" },
  Published: { unit: "Count", line: "ad.told" },
  Updated: { unit: "Count", line: "ad.told" },
  Deleted: { unit: "Count", line: "ad.told" },
  Errored: { unit: "Count", line: "ad.told" },
  Stalled: { unit: "Count", line: "ad.told" },
  /** From the marketplace's own time of what happened until we knew: two clocks, so it is good to a second or so. */
  DetectionLag: { unit: "Milliseconds", line: "ad.told" },
  /** Ad events that the bus did not take; they are told again later. */
  BusFailures: { unit: "Count", line: "ad.told" },
  /** Requests with which ads were read, and how often they were answered with a 429. */
  Reads: { unit: "Count", line: "poll.round" },
  Throttled: { unit: "Count", line: "poll.round" },
  /** Requests in a listing's log that no write of ours can have made, each when it is first seen. */
  ForeignRequests: { unit: "Count", line: ["poll.round", "submit.foreign-requests"] },
  /** Entries of a log with an action or a state that no document of the API mentions. */
  UnknownEntries: { unit: "Count", line: "poll.round" },
  /** Ads that a round could not load, or on which a step of it failed. */
  FailedAds: { unit: "Count", line: "poll.round" },
  /** Of the ads of one round: the age of the oldest open submission, and of the oldest removal not yet confirmed. */
  OldestOpenSubmission: { unit: "Milliseconds", line: "poll.round" },
  OldestRemoval: { unit: "Milliseconds", line: "poll.round" },
  /** At each tick: 1 where the secret of the tokens has no usable value, else 0. */
  TokensUnusable: { unit: "Count", line: "poll.standing" },
  /** As it is at each tick: lanes that are closed, and the days until the first token expires, if any says when. */
  LanesClosed: { unit: "Count", line: "poll.standing" },
  TokenDaysLeft: { unit: "Count", line: "poll.standing" },
  /** One for each canary sent while none comes back. */
  CanaryMissing: { unit: "Count", line: "bus.canary-missing" },
} as const satisfies Record<string, { unit: "Count" | "Milliseconds"; line: string | readonly string[] }>;

export type MetricName = keyof typeof metrics;

/** What is measured at once; several values of one metric are a list, of at most 100. */
export type Measures = { [M in MetricName]?: number | number[] };

import type { Waits } from "#shared/contracts/waits.ts";

/** How messages of one queue are handed to its function. `maxConcurrency` is 2 at least. */
export type Consumption = { batchSize: number; maxConcurrency: number; maxReceiveCount: number };

/** What may differ from one deployment to another. Everything else is the same wherever the bridge runs. */
export type Settings = {
  /** Names both stacks and all that is kept; two deployments in one account and region need two names. */
  name: string;
  marketplaceUrl: string;
  /** The `source` of every ad event on the bus. */
  eventSource: string;
  /** Per token; see the environment variable of this name. */
  maxReadsPerSecond: number;
  /** Of one ad, as the marketplace takes them; see the environment variable of this name. */
  maxPictures: number;
  /** Only what is not to be as in production. */
  waits: Partial<Waits>;
  logRetentionDays: number;
  /** What the API takes before it answers 429. */
  requests: { perSecond: number; burst: number };
  submit: Consumption;
  poll: Consumption;
};

/**
 * The bridge as it runs against the real marketplace.
 *
 * `submit.batchSize` calls of `callMs`, one after another, fit in the function's timeout, for all messages of a batch may be
 * about one ad. A round of `poll` reads for one token; sharing an invocation would only delay the other token's.
 * `maxReceiveCount` also counts deliveries that were put off while AWS itself failed, up to five minutes each: it spans an
 * outage of an hour or two before anything becomes a dead letter.
 */
export const productionSettings: Settings = {
  name: "blocket-bridge",
  marketplaceUrl: "https://api.blocket.se/pro-import-api",
  eventSource: "blocket-bridge",
  maxReadsPerSecond: 5,
  maxPictures: 38,
  waits: {},
  logRetentionDays: 30,
  requests: { perSecond: 50, burst: 200 },
  submit: { batchSize: 5, maxConcurrency: 10, maxReceiveCount: 30 },
  poll: { batchSize: 1, maxConcurrency: 5, maxReceiveCount: 20 },
};

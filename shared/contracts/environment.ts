/**
 * The environment variables of the functions, named once for the functions that read them, for the CDK app and the
 * sandbox that set them. They hold names and addresses, never a secret.
 */
export const environment = {
  adsTable: "ADS_TABLE_NAME",
  submitQueue: "SUBMIT_QUEUE_URL",
  submitDeadLetters: "SUBMIT_DEAD_LETTER_QUEUE_URL",
  pollQueue: "POLL_QUEUE_URL",
  pollDeadLetters: "POLL_DEAD_LETTER_QUEUE_URL",
  eventBus: "EVENT_BUS_NAME",
  eventSource: "EVENT_SOURCE",
  sourcesSecret: "SOURCES_SECRET_ID",
  tokensSecret: "TOKENS_SECRET_ID",
  marketplace: "MARKETPLACE_URL",
  /** JSON of `waitsSchema`; what it leaves out is as in production. */
  waits: "WAITS",
  /** Reads per second and token at the marketplace, as a number. */
  maxReadsPerSecond: "MAX_READS_PER_SECOND",
} as const;

export const functionEnvironments = {
  receive: [environment.submitQueue, environment.sourcesSecret],
  submit: [
    environment.adsTable,
    environment.submitDeadLetters,
    environment.pollQueue,
    environment.eventBus,
    environment.eventSource,
    environment.tokensSecret,
    environment.marketplace,
    environment.waits,
  ],
  poll: [
    environment.adsTable,
    environment.submitQueue,
    environment.pollQueue,
    environment.pollDeadLetters,
    environment.eventBus,
    environment.eventSource,
    environment.tokensSecret,
    environment.marketplace,
    environment.waits,
    environment.maxReadsPerSecond,
  ],
} as const;

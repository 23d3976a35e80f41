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
  /** As many pictures of one ad as the marketplace takes, as a number. */
  maxPictures: "MAX_PICTURES",
  /** `true` for a trial: every document taken goes out as a hidden one. Else `false`. */
  forceHidden: "FORCE_HIDDEN",
  /** Under which CloudWatch counts the metrics. */
  metricsNamespace: "METRICS_NAMESPACE",
} as const;

type VariableKey = keyof typeof environment;

/** What each function is told, by the keys of `environment`. */
export const functionVariables = {
  receive: ["adsTable", "submitQueue", "sourcesSecret", "maxPictures", "metricsNamespace"],
  submit: [
    "adsTable",
    "submitQueue",
    "submitDeadLetters",
    "pollQueue",
    "eventBus",
    "eventSource",
    "tokensSecret",
    "marketplace",
    "waits",
    "forceHidden",
    "metricsNamespace",
  ],
  poll: [
    "adsTable",
    "submitQueue",
    "pollQueue",
    "pollDeadLetters",
    "eventBus",
    "eventSource",
    "tokensSecret",
    "marketplace",
    "waits",
    "maxReadsPerSecond",
    "metricsNamespace",
  ],
  status: ["adsTable", "sourcesSecret", "metricsNamespace"],
} as const satisfies Record<string, readonly VariableKey[]>;

type NamesOf<F extends keyof typeof functionVariables> = (typeof environment)[(typeof functionVariables)[F][number]];

/** The same, by the names the variables have in the environment. */
export const functionEnvironments: { [F in keyof typeof functionVariables]: readonly NamesOf<F>[] } = {
  receive: functionVariables.receive.map((key) => environment[key]),
  submit: functionVariables.submit.map((key) => environment[key]),
  poll: functionVariables.poll.map((key) => environment[key]),
  status: functionVariables.status.map((key) => environment[key]),
};

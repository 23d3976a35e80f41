import type { LocalQueue } from "#local/emulators/start-sqs.ts";
import type { Sources, Token } from "#shared/contracts/secrets.ts";

/*
 * What is fixed in every sandbox, so that a request can be written down in a document and still work. None of it opens
 * anything outside this machine.
 */

/** The source that speaks for all dealers of the sandbox, and the Standard Webhooks secret it signs with. */
export const sandboxSource = "sandbox";
export const sandboxSecret = "whsec_c2FuZGJveC1zZWNyZXQtZm9yLWxvY2FsLXVzZS1vbmx5";

export const sources: Sources = {
  [sandboxSource]: {
    secrets: [sandboxSecret],
    dealers: ["DEMO", "DEMO2", "SOLO"],
    listingIds: "uuid",
    // One process does here what any number of containers do at AWS.
    requestsPerSecond: 1_000,
  },
};

/** The simulator takes the same two tokens. */
export const tokens: Token[] = [
  { tokenId: "demo-group", token: "sandbox-token", scope: "dealer_group", dealers: ["DEMO", "DEMO2"] },
  { tokenId: "solo", token: "sandbox-solo-token", scope: "dealer_code", dealers: ["SOLO"] },
];

export const defaultPorts = { bridge: 8787, simulator: 8788 } as const;

export const names = {
  table: "Ads",
  bus: "blocket-bridge",
  eventSource: "blocket-bridge",
  sourcesSecret: "blocket-bridge/sources",
  tokensSecret: "blocket-bridge/tokens",
  submitQueue: "submit",
  submitDeadLetters: "submit-dead-letters",
  pollQueue: "poll",
  pollDeadLetters: "poll-dead-letters",
} as const;

/** A minute of production, at the sandbox's speed. */
export const tickMs = 3_000;

/** How long one invocation may take; a message that is being handled stays hidden a little longer. */
export const functionTimeoutMs = 8_000;
const visibilitySeconds = functionTimeoutMs / 1_000 + 1;

export const queues: LocalQueue[] = [
  { name: names.submitDeadLetters },
  { name: names.pollDeadLetters },
  { name: names.submitQueue, deadLetterQueue: names.submitDeadLetters, maxReceiveCount: 10, visibilitySeconds },
  { name: names.pollQueue, deadLetterQueue: names.pollDeadLetters, maxReceiveCount: 5, visibilitySeconds },
];

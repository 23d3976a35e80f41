import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { Webhook } from "standardwebhooks";
import { measureRequest } from "#functions/receive/measure-request.ts";
import { receive } from "#functions/receive/receive.ts";
import { toMessageBody } from "#shared/aws/sqs-body.ts";
import type { KnownValues } from "#shared/contracts/known-values.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import type { Sources } from "#shared/contracts/secrets.ts";
import type { SourcesSecret } from "#shared/door/authenticate.ts";
import { rateLimit } from "#shared/door/rate-limit.ts";
import { httpHandler } from "#shared/lambda/http-handler.ts";
import { lambdaContext } from "#test/unit/lambda/lambda-context.ts";
import { recordedLogger } from "#test/unit/lambda/recorded-logger.ts";

export const secret = "whsec_c2FuZGJveC1zZWNyZXQtZm9yLWxvY2FsLXVzZS1vbmx5";
export const newSecret = "whsec_bmV3LXNlY3JldC1mb3ItdGVzdHMtb25seS0xMjM0NTY=";
export const apiKey = "api-key-for-tests-only-0123456789abcdef";
export const newApiKey = "new-api-key-for-tests-only-0123456789ab";
export const password = "löseord: för prov 1";
export const now = 1_795_000_000_000;

export const sources: Sources = {
  dms: { secrets: [secret], dealers: ["DEMO", "DEMO2"], listingIds: "uuid" },
  keyed: { secrets: [], apiKeys: [apiKey, newApiKey], dealers: ["DEMO"], listingIds: "uuid" },
  login: { secrets: [], basicLogins: [{ username: "bilar", password }], dealers: ["DEMO"], listingIds: "uuid" },
  mixed: { secrets: [secret], apiKeys: [apiKey], dealers: ["DEMO"], listingIds: "uuid", requestsPerSecond: 0.5 },
  legacy: { secrets: [secret], dealers: ["SOLO"], listingIds: "item-id" },
};

/** Of SQS, as long as a queue's own limit has not been raised. */
const longestMessage = 256 * 1024;

/** One request as the gateway hands it over; what is not said is right. */
export type Call = {
  body: unknown;
  source?: string;
  contentType?: string;
  query?: string;
  headers?: Record<string, string | undefined>;
  signedBy?: string;
  signedAt?: number;
  isBase64Encoded?: boolean;
};

/** The function as the gateway sees it, over a queue in memory that refuses what SQS would, and a secret in memory unless one is given. */
export function frontDoor(secret?: (now: () => number) => SourcesSecret) {
  const logger = recordedLogger();
  const door = {
    /** What a cached and what a fresh read of the secret gives. */
    cached: sources,
    fresh: sources,
    reads: [] as boolean[],
    queued: [] as QueueMessage[],
    known: new Map() as KnownValues,
    /** Places of the messages that the queue does not take. */
    notQueued: [] as number[],
    lines: logger.lines,
    /** The clock of the function. */
    now,
    handle: (event: APIGatewayProxyEventV2) => handler(event, lambdaContext()),
    async post(call: Call) {
      const result = await door.handle(gatewayEvent(call));
      return {
        status: result.statusCode,
        headers: result.headers,
        body: JSON.parse(result.body ?? ""),
        text: result.body,
      };
    },
  };
  const dependencies = {
    sources: secret?.(() => door.now) ?? {
      read: async ({ fresh = false } = {}) => {
        door.reads.push(fresh);
        return fresh ? door.fresh : door.cached;
      },
    },
    queue: {
      send: async (messages: readonly QueueMessage[]) => {
        const isTooLarge = (message: QueueMessage) => Buffer.byteLength(toMessageBody(message)) > longestMessage;
        const refused = [...messages.keys()].filter(
          (place) => door.notQueued.includes(place) || isTooLarge(messages[place] as QueueMessage),
        );
        door.queued.push(...messages.filter((_, place) => !refused.includes(place)));
        return refused;
      },
    },
    rateLimit: rateLimit(() => door.now),
    knownValues: { current: () => door.known },
    mostPictures: 38,
    now: () => door.now,
  };
  const handler = httpHandler({ name: "receive", logger, measure: measureRequest }, (request, note) =>
    receive(dependencies, request, note),
  );
  return door;
}

function gatewayEvent(call: Call): APIGatewayProxyEventV2 {
  const { source = "dms", contentType = "application/json", signedBy = secret, signedAt = now } = call;
  const body = typeof call.body === "string" ? call.body : JSON.stringify(call.body);
  const headers = {
    "Content-Type": contentType,
    "Webhook-Id": "msg_1",
    "Webhook-Timestamp": String(Math.floor(signedAt / 1000)),
    "Webhook-Signature": new Webhook(signedBy).sign("msg_1", new Date(signedAt), body),
    ...call.headers,
  };
  return {
    rawPath: `/sources/${source}/inventory-events`,
    rawQueryString: call.query ?? "",
    pathParameters: { source },
    headers,
    requestContext: { requestId: "req-1", http: { method: "POST" } },
    body: call.isBase64Encoded ? Buffer.from(body).toString("base64") : body,
    isBase64Encoded: call.isBase64Encoded ?? false,
  } as unknown as APIGatewayProxyEventV2;
}

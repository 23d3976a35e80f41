import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { Webhook } from "standardwebhooks";
import { status } from "#functions/status/status.ts";
import { matchRoute } from "#local/sandbox/match-route.ts";
import type { Ad } from "#shared/ad/ad.ts";
import type { Sources } from "#shared/contracts/secrets.ts";
import { measureProof } from "#shared/door/measure-proof.ts";
import { rateLimit } from "#shared/door/rate-limit.ts";
import { httpHandler } from "#shared/lambda/http-handler.ts";
import { apiKey, now, secret } from "#test/function/receive/front-door.ts";
import { fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { fakeStatusTable } from "#test/support/aws/fake-status-table.ts";
import { lambdaContext } from "#test/unit/lambda/lambda-context.ts";
import { recordedLogger } from "#test/unit/lambda/recorded-logger.ts";

const sources: Sources = {
  dms: { secrets: [secret], dealers: ["DEMO"], listingIds: "uuid" },
  keyed: { secrets: [], apiKeys: [apiKey], dealers: ["DEMO"], listingIds: "uuid" },
  other: { secrets: [secret], dealers: ["OTHER"], listingIds: "uuid", requestsPerSecond: 0.1 },
};

type Call = { signs?: string; headers?: Record<string, string> };

/** The function as the gateway sees it, over a table in memory. */
export function statusDoor() {
  const logger = recordedLogger();
  const table = fakeAdTable();
  const dependencies = {
    sources: { read: async () => sources },
    rateLimit: rateLimit(() => now),
    table: fakeStatusTable(table),
    now: () => now,
  };
  const handler = httpHandler({ name: "status", logger, measure: measureProof }, (request, note) =>
    status(dependencies, request, note),
  );
  return {
    table,
    lines: logger.lines,
    /** Stores an ad for the first time, and what its outbox holds as told. */
    async keep(ad: Ad) {
      await table.save({ ...ad, outbox: [] }, null);
      for (const row of ad.outbox) {
        await (row.kind === "receipt"
          ? table.writeReceipt(ad.key, row.receipt)
          : table.writeHistory(ad.key, row.event));
      }
    },
    /** `path` as a client would write it; what is signed is the decoded first line unless told. */
    async get(path: string, { signs = `GET ${decodeURIComponent(path)}`, headers }: Call = {}) {
      const result = await handler(gatewayEvent(path, headers ?? signed(signs)), lambdaContext());
      return { status: result.statusCode, headers: result.headers, body: JSON.parse(result.body ?? "") };
    },
  };
}

function signed(content: string): Record<string, string> {
  return {
    "webhook-id": "get-1",
    "webhook-timestamp": String(now / 1000),
    "webhook-signature": new Webhook(secret).sign("get-1", new Date(now), content),
  };
}

function gatewayEvent(path: string, headers: Record<string, string>): APIGatewayProxyEventV2 {
  const match = matchRoute("GET", path);
  return {
    rawPath: match?.rawPath,
    rawQueryString: "",
    pathParameters: match?.pathParameters,
    headers,
    requestContext: { requestId: "req-1", http: { method: "GET" } },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
}

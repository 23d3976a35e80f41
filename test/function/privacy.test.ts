import { deflateSync } from "node:zlib";
import type { SQSEvent } from "aws-lambda";
import { afterEach, describe, expect, it, vi } from "vitest";
import { receive } from "#functions/receive/receive.ts";
import { fromAdItem } from "#shared/aws/ad-item.ts";
import { secretStore } from "#shared/aws/secret-store.ts";
import { queueMessageSchema } from "#shared/contracts/queue-message.ts";
import { sourcesSecretSchema } from "#shared/contracts/secrets.ts";
import { httpHandler } from "#shared/lambda/http-handler.ts";
import { createLogger } from "#shared/lambda/logger.ts";
import { sqsHandler } from "#shared/lambda/sqs-handler.ts";
import { stubSecrets } from "#test/support/aws/stub-secrets.ts";
import { keepLines } from "#test/support/keep-lines.ts";
import { lambdaContext } from "#test/unit/lambda/lambda-context.ts";

/*
 * The failures that no request brings about: what is in the queue or in a secret cannot be read. All else is pushed through
 * a running sandbox by test/e2e/privacy.test.ts.
 */
const canary = "kanarie-KNR13E-+46709998877";

const secretsManager = stubSecrets();
afterEach(() => vi.restoreAllMocks());

/** An event's message that holds a field more than it should. */
function withField(name: string) {
  const event = { source: "dms", id: "1", receivedAt: 1, place: 0, type: "inventory.item.bump-requested" };
  const data = { dealerCode: "DEMO", itemId: "a", [name]: name };
  return { version: 1, kind: "inventory-event", listingIds: "uuid", event: { ...event, data } };
}

describe("what cannot be read is in no line", () => {
  it.each([
    ["no JSON", `{"phone": ${canary}`],
    ["another's message", JSON.stringify({ version: 1, kind: canary, [canary]: canary })],
    ["a field that we don't know", JSON.stringify(withField(canary))],
    ["a field that is wrong", JSON.stringify({ version: 1, kind: "go-on", dealerCode: `å ${canary}`, itemId: 5 })],
  ])("of a queue message: %s", async (_, body) => {
    const lines = keepLines();
    const letters: string[] = [];
    const handler = sqsHandler(
      {
        name: "submit",
        schema: queueMessageSchema,
        logger: createLogger("submit", "bridge"),
        deadLetters: { send: async ({ reason }) => void letters.push(reason) },
        postpone: async () => {},
      },
      async () => {},
    );
    const record = { messageId: "1", receiptHandle: "h", body, attributes: { ApproximateReceiveCount: "1" } };
    await handler({ Records: [record] } as unknown as SQSEvent, lambdaContext());
    expect(lines.join("")).toContain("dead-lettered");
    expect(letters).toHaveLength(1);
    expect([...lines, ...letters].join("")).not.toContain(canary);
  });

  it.each([
    ["no JSON", `{"dms": ${canary}`],
    ["a source set up wrongly", JSON.stringify({ dms: { secrets: [canary], apiKeys: [canary], dealers: ["DEMO"] } })],
    ["a name that is none", JSON.stringify({ [`å ${canary}`]: { secrets: [], dealers: [] } })],
  ])("of the sources secret: %s, and the answer is a 503", async (_, json) => {
    const lines = keepLines();
    secretsManager.setSecret("sources", json);
    const now = () => 1_795_000_000_000;
    const sources = secretStore({
      client: secretsManager.client(),
      secretId: "sources",
      schema: sourcesSecretSchema,
      now,
    });
    const measures = { knownValues: { current: () => new Map() }, mostPictures: 38 };
    const dependencies = { sources, rateLimit: () => null, queue: { send: async () => [] }, now, ...measures };
    const handler = httpHandler({ name: "receive", logger: createLogger("receive", "bridge") }, (request, note) =>
      receive(dependencies, request, note),
    );
    const event = {
      rawPath: "/sources/dms/inventory-events",
      pathParameters: { source: "dms" },
      headers: { "content-type": "application/json", "x-api-key": canary },
      requestContext: { requestId: "1", http: { method: "POST" } },
      body: canary,
    };
    const { statusCode, body } = await handler(event as never, lambdaContext());
    expect(statusCode).toBe(503);
    expect(lines.join("")).toContain("receive.answered");
    expect([...lines, body].join("")).not.toContain(canary);
  });

  it.each([
    ["another version's dictionary", { B: deflateSync("{}", { dictionary: Buffer.from("another") }) }],
    ["a text that is no JSON", { S: `{"phone": ${canary}` }],
  ])("of an ad's item: %s", async (_, ad) => {
    const lines = keepLines();
    const pk = { S: `DEMO#${encodeURIComponent(canary)}` };
    await expect(async () => fromAdItem({ pk, sk: { S: "ad" }, version: { N: "1" }, ad })).rejects.toSatisfy(
      (fault) => {
        createLogger("poll", "bridge").error("poll.ad-failed", fault, {});
        return true;
      },
    );
    expect(lines.join("")).toMatch(/the ad DEMO\/sha256:[0-9a-f]{16} cannot be read/);
    expect(lines.join("")).not.toMatch(/kanarie|KNR13E|46709998877/);
  });
});

import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { RetryableError } from "#shared/contracts/errors.ts";
import { type HttpRequest, type HttpStep, httpHandler } from "#shared/lambda/http-handler.ts";
import { ProblemError } from "#shared/lambda/problem-error.ts";
import { lambdaContext } from "./lambda-context.ts";
import { recordedLogger } from "./recorded-logger.ts";

const event = {
  rawPath: "/sources/dms/inventory-events",
  headers: { "Content-Type": "application/json", "webhook-id": "1" },
  pathParameters: { source: "dms" },
  requestContext: { requestId: "req-1", http: { method: "POST" } },
  body: "{}",
  isBase64Encoded: false,
} as unknown as APIGatewayProxyEventV2;

async function run(step: HttpStep, changes: Partial<APIGatewayProxyEventV2> = {}, remainingMs?: () => number) {
  const logger = recordedLogger();
  const result = await httpHandler({ name: "receive", logger }, step)(
    { ...event, ...changes },
    lambdaContext(remainingMs),
  );
  return { result, body: JSON.parse(result.body ?? ""), lines: logger.lines };
}

const fail = (error: unknown) => () => Promise.reject(error);

describe("the HTTP handler", () => {
  it("hands over lower-case header names, path parameters and the body's bytes", async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    let seen: HttpRequest | undefined;
    await run(
      async (request) => {
        seen = request;
        return { status: 200, body: {} };
      },
      { body: bytes.toString("base64"), isBase64Encoded: true, rawQueryString: "dry-run&a=%20b" },
    );
    expect(seen).toEqual({
      method: "POST",
      path: "/sources/dms/inventory-events",
      headers: { "content-type": "application/json", "webhook-id": "1" },
      pathParameters: { source: "dms" },
      query: new URLSearchParams("dry-run&a=%20b"),
      body: bytes,
    });
    expect(seen?.query.get("a")).toBe(" b");
  });

  it("takes a request without body and path parameters", async () => {
    const bare = { ...event };
    delete bare.body;
    delete bare.pathParameters;
    const logger = recordedLogger();
    const handler = httpHandler({ name: "x", logger }, async ({ body }) => ({
      status: 200,
      body: { length: body.length },
    }));
    expect(await handler(bare, lambdaContext())).toMatchObject({ statusCode: 200, body: '{"length":0}' });
  });

  it("answers in JSON and logs one line with what the step noted", async () => {
    const { result, lines } = await run(async (_, note) => {
      note({ source: "dms" });
      note({ queued: 2 });
      return { status: 202, headers: { "preference-applied": "handling=strict" }, body: { items: [] } };
    });
    expect(result).toEqual({
      statusCode: 202,
      headers: { "content-type": "application/json", "preference-applied": "handling=strict" },
      body: '{"items":[]}',
    });
    expect(lines).toEqual([
      {
        level: "event",
        name: "receive.answered",
        fields: { requestId: "req-1", source: "dms", queued: 2, status: 202, durationMs: expect.any(Number) },
      },
    ]);
  });

  it("turns a ProblemError into problem+json, and does not log it as an error", async () => {
    const problem = new ProblemError({ slug: "unknown-source", detail: "No.", members: { items: [1] } });
    const { result, body, lines } = await run(fail(problem));
    expect(result).toMatchObject({ statusCode: 404, headers: { "content-type": "application/problem+json" } });
    expect(body).toEqual({
      type: "/problems/unknown-source",
      title: "Unknown source",
      status: 404,
      detail: "No.",
      items: [1],
    });
    expect(lines).toMatchObject([{ level: "event", fields: { status: 404, problem: "unknown-source" } }]);
  });

  it("answers 503 with Retry-After to a RetryableError", async () => {
    const { result, body, lines } = await run(fail(new RetryableError("2 of 3 messages were not queued")));
    expect(result).toMatchObject({ statusCode: 503, headers: { "retry-after": expect.stringMatching(/^\d+$/) } });
    expect(body).toMatchObject({ type: "/problems/try-again", status: 503 });
    expect(lines).toMatchObject([{ level: "warn", fields: { status: 503 } }]);
  });

  it("answers 503 itself before Lambda ends it", async () => {
    const { result } = await run(
      () => new Promise(() => {}),
      {},
      () => 501,
    );
    expect(result.statusCode).toBe(503);
  });

  it.each([new TypeError("canary of undefined"), "canary", undefined, { canary: 1 }])(
    "answers 500 to %s, tells the caller nothing and logs one error",
    async (thrown) => {
      const { result, lines } = await run(fail(thrown));
      expect(result.statusCode).toBe(500);
      expect(result.body).not.toMatch(/canary|\.ts|stack/);
      expect(lines).toMatchObject([
        { level: "error", name: "receive.answered", error: thrown, fields: { status: 500 } },
      ]);
    },
  );
});

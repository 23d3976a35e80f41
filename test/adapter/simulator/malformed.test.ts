import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "#local/simulator/server.ts";
import { type RawAnswer, sendRaw } from "./raw-request.ts";
import { callApi } from "./simulator-process.ts";

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0 });
});

afterAll(() => simulator.close());

const token = "x-auth-token: sandbox-token\r\n";
const json = "content-type: application/json\r\n";
const last = "host: x\r\nconnection: close\r\n";

function head(line: string, headers = ""): string {
  return `${line} HTTP/1.1\r\n${last}${token}${headers}\r\n`;
}

const toBoat = (headers: string, body: string) => `${head("POST /pro-import-api/v4/boat", headers)}${body}`;
const sized = (body: Buffer) =>
  Buffer.concat([Buffer.from(toBoat(`${json}content-length: ${body.length}\r\n`, "")), body]);

/** Every refusal is JSON: `{detail}`, or texts by field. */
function expectRefusal({ status, contentType, body }: RawAnswer, statuses: readonly number[]): void {
  expect(statuses).toContain(status);
  expect(contentType).toBe("application/json");
  expect(Object.keys(JSON.parse(body)).length).toBeGreaterThan(0);
}

const malformed: [what: string, bytes: string | Buffer, status: number][] = [
  ["no HTTP", "hello\r\n\r\n", 400],
  ["another HTTP", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
  ["an unknown method", head("FOO /pro-import-api/v4/ad"), 400],
  ["CONNECT", "CONNECT x:80 HTTP/1.1\r\nhost: x\r\n\r\n", 405],
  ["no host", "GET /pro-import-api/v4/ad HTTP/1.1\r\nconnection: close\r\n\r\n", 400],
  ["a space in the query", head("GET /pro-import-api/v4/ad?created__gte=2025-01-01 00:00:00"), 400],
  ["a target that is too long", head(`GET /pro-import-api/v4/ad?x=${"x".repeat(20_000)}`), 431],
  ["a header without end", head("GET /", `x: ${"x".repeat(20_000)}`), 431],
  ["an expectation", toBoat("expect: tea\r\ncontent-length: 2\r\n", "{}"), 417],
  ["a length that is no number", toBoat("content-length: two\r\n", "{}"), 400],
  ["two lengths", toBoat("content-length: 2\r\ncontent-length: 3\r\n", "{}"), 400],
  ["a length and chunks", toBoat("content-length: 2\r\ntransfer-encoding: chunked\r\n", "{}"), 400],
  ["a chunk without a length", toBoat(`${json}transfer-encoding: chunked\r\n`, "zz\r\n{}\r\n"), 400],
  ["another media type", toBoat("content-type: text/xml\r\ncontent-length: 4\r\n", "<a/>"), 415],
  ["a compressed body", sized(Buffer.from([0x1f, 0x8b, 8, 0])), 400],
  ["a body that is not UTF-8", sized(Buffer.from('{"title":"\xe5"}', "latin1")), 400],
  ["two tokens", head("GET /pro-import-api/v4/ad", "x-auth-token: other\r\n"), 401],
  ["a method that the path has not", head("PUT /pro-import-api/v4/ad"), 405],
  ["an odd target", head("OPTIONS *"), 404],
  ["a whole URL as target", head("GET http://elsewhere/pro-import-api/v4/ad"), 404],
  ["a path that is no percent-encoding", head("GET /pro-import-api/v4/ad/%zz"), 404],
];

const lineOf = fc.oneof(
  fc.string({ unit: "binary-ascii", maxLength: 60 }),
  fc.constantFrom("GET / HTTP/1.1", "POST /pro-import-api/v4/car HTTP/1.1", "GET /pro-import-api/v4/ad/%zz HTTP/1.1"),
  fc.webPath().map((path) => `DELETE /pro-import-api/v4${path} HTTP/1.1`),
);
const headerOf = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: "binary-ascii", maxLength: 60 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...["host: x", "x-auth-token: sandbox-token", "content-type: application/json", "content-length: 2"],
      ...["content-length: 0x2", "transfer-encoding: chunked", "transfer-encoding: gzip", "expect: 100-continue"],
      ...["connection: upgrade", "upgrade: websocket", "content-encoding: br", "host: ", ": x", "x"],
    ),
  },
);
/** Node's server closes the connection without a word where such a request's chunks are none, and tells nobody of it. */
const isUnanswered = (headers: readonly string[]) =>
  ["connection: upgrade", "upgrade: websocket", "transfer-encoding: chunked"].every((header) =>
    headers.includes(header),
  );
const bytesOf = fc
  .tuple(
    lineOf,
    fc.array(headerOf, { maxLength: 8 }).filter((headers) => !isUnanswered(headers)),
    fc.uint8Array({ maxLength: 300 }),
  )
  .map(([line, headers, body]) =>
    Buffer.concat([Buffer.from([line, ...headers, "connection: close", "", ""].join("\r\n")), body]),
  );

describe("a malformed request over a real socket", () => {
  it.each(malformed)("%s is refused in the documented shape", async (_what, bytes, status) => {
    expectRefusal(await sendRaw(simulator.port, bytes), [status]);
  });

  it("a body without end is refused all the same", async () => {
    const begin = head("POST /pro-import-api/v4/boat", `${json}content-length: 99999999999\r\n`);
    const chunk = Buffer.alloc(1024 * 1024, "x");
    function* endless() {
      yield Buffer.from(begin.replace("connection: close", "connection: keep-alive"));
      for (;;) yield chunk;
    }
    expectRefusal(await sendRaw(simulator.port, endless()), [413]);
  });

  it("a request that does not arrive is refused when its time is up", async () => {
    const hasty = await startSimulator({ port: 0, arrivalMs: 100 });
    const half = Buffer.from(toBoat(`${json}content-length: 100\r\n`, "{"));
    const answer = await sendRaw(hasty.port, [half].values()).finally(hasty.close);
    expectRefusal(answer, [408]);
  });

  it("any bytes get a whole answer that is no 5xx, and others are served on", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(bytesOf, async (bytes) => {
        const answer = await sendRaw(simulator.port, Buffer.concat([bytes, Buffer.from("\r\n\r\n")]));
        if (answer.status >= 400) expectRefusal(answer, [400, 401, 404, 405, 413, 415, 417, 431]);
        else expect([100, 200, 201]).toContain(answer.status);
      }),
      { numRuns: 300 },
    );
    expect((await callApi(simulator.url, "GET", "/v4/ad")).status).toBe(200);
  });
});

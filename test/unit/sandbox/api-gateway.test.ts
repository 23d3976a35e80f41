import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { describe, expect, it } from "vitest";
import { longestBodyBytes, readBody, readTarget, toGatewayEvent } from "#local/sandbox/api-gateway.ts";
import { type Match, matchRoute } from "#local/sandbox/match-route.ts";

/** Sends raw bytes over a socket, so that no client tidies them up, and gives what a server made of them. */
async function receiveRaw<T>(raw: Buffer, use: (request: IncomingMessage) => Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const server = createServer((request, response) => {
    use(request)
      .then(resolve, reject)
      .finally(() => response.end());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => {});
  socket.end(raw);
  try {
    return await promise;
  } finally {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  }
}

const request = (body: Buffer) =>
  Buffer.concat([
    Buffer.from(
      `POST /sources/a%20b/inventory-events?x=1&y HTTP/1.1\r\nHost: bridge\r\nX-Twice: 1\r\nx-twice: 2\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
    ),
    body,
  ]);

describe("a request as API Gateway hands it on", () => {
  it("keeps every byte of the body, lower-cases header names and joins repeated ones", async () => {
    const body = Buffer.from([0x7b, 0xff, 0x00, 0xc3, 0x7d]);
    const event = await receiveRaw(request(body), async (received) =>
      toGatewayEvent(received, {
        target: readTarget(received),
        match: matchRoute("POST", readTarget(received).path) as Match,
        body: (await readBody(received)) ?? Buffer.alloc(0),
      }),
    );
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body ?? "", "base64")).toEqual(body);
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "POST /sources/{source}/inventory-events",
      rawPath: "/sources/a b/inventory-events",
      rawQueryString: "x=1&y",
      pathParameters: { source: "a b" },
      headers: { host: "bridge", "x-twice": "1,2" },
      requestContext: { http: { method: "POST", path: "/sources/a b/inventory-events" } },
    });
  });

  it("is no body of an event beyond what an HTTP API takes", async () => {
    expect(await receiveRaw(request(Buffer.alloc(longestBodyBytes + 1)), readBody)).toBeNull();
  });
});

describe("the routes", () => {
  const post = (parameters: object) => ["POST /sources/{source}/inventory-events", parameters];
  const receipt = (parameters: object) => ["GET /sources/{source}/inventory-events/{id+}", parameters];
  const item = (parameters: object) => ["GET /sources/{source}/items/{dealerCode}/{itemId+}", parameters];
  it.each([
    ["POST", "/sources/sandbox/inventory-events", post({ source: "sandbox" })],
    ["POST", "/sources/a%20b/inventory-events", post({ source: "a b" })],
    ["POST", "/sources/a%2Fb/inventory-events", null],
    ["POST", "/sources/%ZZ/inventory-events", null],
    ["GET", "/sources/sandbox/inventory-events", null],
    ["POST", "/sources/sandbox/inventory-events/more", null],
    ["POST", "/sources//inventory-events", null],
    ["GET", "/sources/dms/inventory-events/evt-1", receipt({ source: "dms", id: "evt-1" })],
    ["GET", "/sources/dms/inventory-events/a%2Fb%20%C3%A5", receipt({ source: "dms", id: "a/b å" })],
    ["GET", "/sources/dms/items/DEMO/abc", item({ source: "dms", dealerCode: "DEMO", itemId: "abc" })],
    ["GET", "/sources/dms/items/DEMO/a/b%0Ac", item({ source: "dms", dealerCode: "DEMO", itemId: "a/b\nc" })],
    ["GET", "/sources/dms/items/DEMO", null],
    ["GET", "/sources/dms/items/DEMO/", null],
    ["DELETE", "/sources/dms/items/DEMO/abc", null],
  ])("%s %s", (method, path, expected) => {
    const match = matchRoute(method, path);
    expect(match && [`${match.route.method} ${match.route.path}`, match.pathParameters]).toEqual(expected);
  });
});

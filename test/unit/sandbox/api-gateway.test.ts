import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { describe, expect, it } from "vitest";
import { longestBodyBytes, matchRoute, readBody, readTarget, toGatewayEvent } from "#local/sandbox/api-gateway.ts";

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
      `POST /sources/a%2Fb/inventory-events?x=1&y HTTP/1.1\r\nHost: bridge\r\nX-Twice: 1\r\nx-twice: 2\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
    ),
    body,
  ]);

describe("a request as API Gateway hands it on", () => {
  it("keeps every byte of the body, lower-cases header names and joins repeated ones", async () => {
    const body = Buffer.from([0x7b, 0xff, 0x00, 0xc3, 0x7d]);
    const event = await receiveRaw(request(body), async (received) =>
      toGatewayEvent(received, {
        target: readTarget(received),
        source: "a/b",
        body: (await readBody(received)) ?? Buffer.alloc(0),
      }),
    );
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body ?? "", "base64")).toEqual(body);
    expect(event).toMatchObject({
      version: "2.0",
      rawPath: "/sources/a%2Fb/inventory-events",
      rawQueryString: "x=1&y",
      pathParameters: { source: "a/b" },
      headers: { host: "bridge", "x-twice": "1,2" },
      requestContext: { http: { method: "POST", path: "/sources/a%2Fb/inventory-events" } },
    });
  });

  it("is no body of an event beyond what an HTTP API takes", async () => {
    expect(await receiveRaw(request(Buffer.alloc(longestBodyBytes + 1)), readBody)).toBeNull();
  });
});

describe("the one route", () => {
  it.each([
    ["POST", "/sources/sandbox/inventory-events", { source: "sandbox" }],
    ["POST", "/sources/a%2Fb/inventory-events", { source: "a/b" }],
    ["POST", "/sources/%ZZ/inventory-events", null],
    ["GET", "/sources/sandbox/inventory-events", null],
    ["POST", "/sources/sandbox/inventory-events/more", null],
    ["POST", "/sources//inventory-events", null],
  ])("%s %s", (method, path, expected) => {
    expect(matchRoute(method, path)).toEqual(expected);
  });
});

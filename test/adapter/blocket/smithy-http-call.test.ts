import { createServer, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { listen } from "#local/listen/listen.ts";
import type { HttpOutcome, HttpRequest } from "#shared/blocket/http-call.ts";
import { type SmithyHttpCallOptions, smithyHttpCall } from "#shared/blocket/smithy-http-call.ts";
import { type OddServer, startOddServer } from "#test/support/marketplace/odd-server.ts";

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) {
    await close();
  }
});

async function serverOf(handle: Parameters<typeof startOddServer>[0]): Promise<OddServer> {
  const server = await startOddServer(handle);
  opened.push(server.close);
  return server;
}

function callTo(url: string, options: Partial<SmithyHttpCallOptions> = {}) {
  const { httpCall, close } = smithyHttpCall({ baseUrl: `${url}/pro-import-api`, now: Date.now, ...options });
  opened.push(close);
  return httpCall;
}

/** A TCP server without any HTTP; `url` has the scheme it is to be called with. */
async function rawServerOf(scheme: "http" | "https", handle: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => sockets.delete(socket)));
    handle(socket);
  });
  const port = await listen(server, 0, "PORT");
  opened.push(() => {
    sockets.forEach((socket) => void socket.destroy());
    return new Promise((resolve) => server.close(resolve));
  });
  return `${scheme}://127.0.0.1:${port}`;
}

const get = (overrides: Partial<HttpRequest> = {}): HttpRequest => ({
  method: "GET",
  path: "/v4/ad/x",
  headers: { "x-auth-token": "secret" },
  body: null,
  deadline: Date.now() + 5_000,
  ...overrides,
});
const post = (overrides: Partial<HttpRequest> = {}) =>
  get({ method: "POST", path: "/v4/car", body: "{}", ...overrides });
const soon = () => Date.now() + 150;

describe("smithyHttpCall", () => {
  it("sends what it was given to its own origin, with the length in bytes", async () => {
    const seen: unknown[] = [];
    const server = await serverOf(async (request, response) => {
      const chunks = await request.toArray();
      seen.push({ method: request.method, url: request.url, body: Buffer.concat(chunks).toString() });
      seen.push(request.headers);
      response.writeHead(201, { "x-Odd": "Yes" }).end('{"å":1}');
    });
    const outcome = await callTo(server.url)(post({ path: "/v4/car?a=%C3%A5,b&c=d%2Fe", body: '{"å":"😀"}' }));
    expect(outcome).toMatchObject({ kind: "answer", status: 201, headers: { "x-odd": "Yes" }, body: '{"å":1}' });
    expect(seen[0]).toEqual({ method: "POST", url: "/pro-import-api/v4/car?a=%C3%A5,b&c=d%2Fe", body: '{"å":"😀"}' });
    expect(seen[1]).toMatchObject({ host: server.url.slice(7), "content-length": "13", "x-auth-token": "secret" });
  });

  it("sends a delete without a body or a claim of one", async () => {
    const seen: unknown[] = [];
    const server = await serverOf((request, response) => {
      seen.push(request.headers["content-length"], request.headers["transfer-encoding"]);
      response.end();
    });
    expect(await callTo(server.url)(get({ method: "DELETE" }))).toMatchObject({
      kind: "answer",
      status: 200,
      body: "",
    });
    expect(seen).toEqual([undefined, undefined]);
  });

  it("uses one connection for calls one after the other", async () => {
    const server = await serverOf((_, response) => response.end("{}"));
    const httpCall = callTo(server.url);
    for (let n = 0; n < 5; n += 1) {
      expect(await httpCall(post())).toMatchObject({ kind: "answer" });
    }
    expect(server.connections()).toBe(1);
  });

  it.each([
    [302, ""],
    [404, '{"detail":"Not found."}'],
    [503, "<html>busy</html>"],
  ])("takes a %i for an answer, asks once and goes nowhere else", async (status, body) => {
    let asked = 0;
    const elsewhere = await serverOf((_, response) => response.end("no"));
    const server = await serverOf((_, response) => {
      asked += 1;
      response.writeHead(status, { location: `${elsewhere.url}/`, "retry-after": "1" }).end(body);
    });
    expect(await callTo(server.url)(post())).toMatchObject({ kind: "answer", status, body });
    expect([asked, elsewhere.connections()]).toEqual([1, 0]);
  });

  it.each(["//evil.example/v4/ad/x", "/../../v4/ad/x", "/@evil.example/"])(
    "stays at its origin with the path %s",
    async (path) => {
      const server = await serverOf((request, response) => response.end(request.url));
      expect(await callTo(server.url)(get({ path }))).toMatchObject({ kind: "answer", body: `/pro-import-api${path}` });
    },
  );
});

describe("a call that surely was not sent", () => {
  it("is one that found nobody listening", async () => {
    const server = await startOddServer(() => {});
    await server.close();
    expect(await callTo(server.url)(post())).toMatchObject({
      kind: "not-sent",
      reason: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("is one to a name that doesn't exist", async () => {
    const outcome = await callTo("http://marketplace.invalid")(post());
    expect(outcome).toMatchObject({ kind: "not-sent", reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) });
  });

  it("is one whose TLS handshake failed, whether it was answered in plain text or dropped", async () => {
    const plain = await serverOf((_, response) => response.end());
    const dropping = await rawServerOf("https", (socket) => socket.once("data", () => socket.resetAndDestroy()));
    expect(await callTo(plain.url.replace("http:", "https:"))(post())).toMatchObject({ kind: "not-sent" });
    expect(await callTo(dropping)(post())).toMatchObject({ kind: "not-sent" });
  });

  it("is one that waited for a free connection in vain", async () => {
    const server = await serverOf(() => {});
    const httpCall = callTo(server.url, { maxSockets: 1, connectTimeoutMs: 100 });
    const hanging = httpCall(post({ deadline: Date.now() + 600 }));
    expect(await httpCall(post())).toMatchObject({
      kind: "not-sent",
      reason: expect.stringContaining("did not establish"),
    });
    expect(await hanging).toMatchObject({ kind: "lost" });
    expect(server.connections()).toBe(1);
  });

  it("is one whose deadline had passed", async () => {
    const server = await serverOf((_, response) => response.end());
    expect(await callTo(server.url)(post({ deadline: Date.now() - 1 }))).toMatchObject({ kind: "not-sent" });
    expect(server.connections()).toBe(0);
  });

  it("is one that HTTP cannot carry, and its reason doesn't repeat it", async () => {
    const server = await serverOf((_, response) => response.end());
    const outcomes = [
      await callTo(server.url)(post({ headers: { "x-auth-token": "broken\nsecret" } })),
      await callTo(server.url)(post({ path: "/v4/ad/a b" })),
    ];
    expect(outcomes).toMatchObject([{ kind: "not-sent" }, { kind: "not-sent" }]);
    expect(JSON.stringify(outcomes)).not.toContain("secret");
  });
});

describe("a call that may have arrived", () => {
  const lost = (outcome: HttpOutcome) => expect(outcome).toMatchObject({ kind: "lost" });

  it("is one never answered, given up at its deadline", async () => {
    const server = await serverOf(() => {});
    const beganAt = Date.now();
    lost(await callTo(server.url)(post({ deadline: soon() })));
    expect(Date.now() - beganAt).toBeLessThan(3_000);
    expect(server.connections()).toBe(1);
  });

  it("is one whose answer stops in the middle, given up at its deadline", async () => {
    const server = await serverOf((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write('{"id":');
    });
    lost(await callTo(server.url)(post({ deadline: soon() })));
  });

  it("is one dropped before its answer", async () => {
    const server = await serverOf((request) => request.socket.destroy());
    lost(await callTo(server.url)(post()));
    const resetting = await rawServerOf("http", (socket) => socket.once("data", () => socket.resetAndDestroy()));
    lost(await callTo(resetting)(post()));
  });

  it.each([{ "content-length": "100" }, {}])("is one whose answer was cut short, sent with %j", async (headers) => {
    const server = await serverOf((request, response) => {
      response.writeHead(200, headers);
      response.write('{"id":', () => request.socket.destroy());
    });
    lost(await callTo(server.url)(post()));
  });

  it("is one answered with more than we keep", async () => {
    const server = await serverOf((_, response) => response.end("x".repeat(2_000)));
    const httpCall = callTo(server.url, { mostBodyBytes: 1_999 });
    lost(await httpCall(post()));
    expect(await callTo(server.url, { mostBodyBytes: 2_000 })(post())).toMatchObject({ kind: "answer" });
  });

  it("is one answered in no HTTP at all", async () => {
    lost(await callTo(await rawServerOf("http", (socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n")))(post()));
  });

  it("is one on a kept connection that the other side had closed, and it is not sent again", async () => {
    let asked = 0;
    const server = await serverOf((request, response) => {
      asked += 1;
      if (asked === 1) response.end("{}");
      else request.socket.destroy();
    });
    const httpCall = callTo(server.url);
    expect(await httpCall(post())).toMatchObject({ kind: "answer" });
    lost(await httpCall(post()));
    expect(asked).toBe(2);
    expect(server.connections()).toBe(1);
  });
});

describe("an answer in a coding nobody asked for", () => {
  it("comes as it is, so that it reads as unreadable and not as a fault of ours", async () => {
    const server = await serverOf((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("{}"));
    });
    expect(await callTo(server.url)(get())).toMatchObject({ kind: "answer", status: 200 });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "#local/simulator/server.ts";
import { blocketMarketplace } from "#shared/blocket/client.ts";
import { smithyHttpCall } from "#shared/blocket/smithy-http-call.ts";
import { readCall, writeCall } from "#test/support/marketplace/calls.ts";

/** The client over real HTTP against the simulator, where the simulator misbehaves on demand. */
describe("the client over HTTP", () => {
  let simulator: Simulator;
  let close: () => void;
  let marketplace: ReturnType<typeof blocketMarketplace>;

  beforeAll(async () => {
    simulator = await startSimulator({ port: 0 });
    const connection = smithyHttpCall({ baseUrl: `${simulator.url}/pro-import-api`, now: Date.now });
    close = connection.close;
    const tokens = async (tokenId: string) => ({ demo: "sandbox-token", dead: "no-such-token" })[tokenId] ?? null;
    marketplace = blocketMarketplace({ httpCall: connection.httpCall, tokens, now: Date.now, readTimeoutMs: 5_000 });
  });
  afterEach(() => simulator.marketplace.clearFaults());
  afterAll(async () => {
    close();
    await simulator.close();
  });

  let created = 0;
  const newCall = (overrides = {}) => {
    created += 1;
    const listingId = `over-http-${created}`;
    const call = writeCall({ listingId, ...overrides }, Date.now());
    return { ...call, body: { ...call.body, source_id: listingId } };
  };
  const isCreated = (listingId: string) => simulator.marketplace.ads().some(({ sourceId }) => sourceId === listingId);

  it("creates an ad and reads it", async () => {
    const call = newCall();
    expect(await marketplace.write(call)).toEqual({ kind: "accepted" });
    expect(await marketplace.read(readCall({ listingId: call.listingId }))).toMatchObject({
      kind: "read",
      snapshot: { kind: "found", row: { listingId: call.listingId, dealerCode: "DEMO", plate: "ABC123" } },
    });
  });

  it("tells a dead token and a dealer that the token doesn't fit", async () => {
    expect(await marketplace.write(newCall({ tokenId: "dead" }))).toEqual({ kind: "unauthorized" });
    expect(await marketplace.read(readCall({ tokenId: "dead" }))).toMatchObject({ kind: "failed", reason: "HTTP 401" });
  });

  it.each([
    ["drop-before", false],
    ["drop-after", true],
  ] as const)("is in doubt after %s", async (kind, isThere) => {
    simulator.marketplace.addFault({ kind, match: { method: "POST" } });
    const call = newCall();
    expect(await marketplace.write(call)).toMatchObject({ kind: "in-doubt" });
    expect(isCreated(call.listingId)).toBe(isThere);
  });

  it("is in doubt when there is no answer by its deadline", async () => {
    simulator.marketplace.addFault({ kind: "hang", match: { method: "POST" } });
    expect(await marketplace.write(newCall({ callUntil: Date.now() + 200 }))).toMatchObject({ kind: "in-doubt" });
  });

  it.each([
    [
      { status: 502, body: "<html>Bad gateway</html>" },
      { kind: "in-doubt", reason: "HTTP 502" },
    ],
    [
      { status: 200, body: "<html>Hello</html>" },
      { kind: "in-doubt", reason: "unreadable 2xx (HTTP 200)" },
    ],
    [
      { status: 429, retryAfter: 7 },
      { kind: "not-made", retryAfterMs: 7_000 },
    ],
    [{ status: 302 }, { kind: "in-doubt", reason: "HTTP 302" }],
    [
      { status: 413, body: "<html>Too large</html>" },
      { kind: "refused", errors: [{ message: "HTTP 413: <html>Too large</html>" }] },
    ],
    [{ status: 409 }, { kind: "exists" }],
  ])("takes %j as %j", async (fault, reply) => {
    simulator.marketplace.addFault({ kind: "status", match: { method: "POST" }, ...fault });
    expect(await marketplace.write(newCall())).toMatchObject(reply);
  });

  it("reads throttling, and the next read goes on", async () => {
    const { listingId } = newCall();
    simulator.marketplace.addFault({ kind: "status", status: 429, retryAfter: 2, match: { method: "GET" } });
    expect(await marketplace.readMany([readCall({ listingId })])).toMatchObject([
      { kind: "failed", cause: "throttled", retryAfterMs: 2_000 },
    ]);
    expect(await marketplace.readMany([readCall({ listingId })])).toMatchObject([
      { kind: "read", snapshot: { kind: "unlisted" } },
    ]);
  });
});

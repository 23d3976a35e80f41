import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sandboxSecret } from "#local/sandbox/sandbox-constants.ts";
import { removed, upserted } from "./sample-events.ts";
import { type RunningSandbox, startSandboxProcess } from "./sandbox-process.ts";
import { followAdEvents, readAd, readAdEvents } from "./sandbox-views.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandboxProcess({ args: ["--no-stock"], env: { LOG_LEVEL: "INFO" } });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

type Forgery = { secret?: string; at?: Date; source?: string };

/** As any source would: signed by the `standardwebhooks` package, posted with `fetch`. */
function post(body: string, { secret = sandboxSecret, at = new Date(), source = "sandbox" }: Forgery = {}) {
  const id = randomUUID();
  return fetch(`${sandbox.bridgeUrl}/sources/${source}/inventory-events`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, at, body),
    },
    body,
  });
}

const answeredLines = () =>
  sandbox
    .stdout()
    .split("\n")
    .filter((line) => line.includes('"receive.answered"'));

describe("the door", () => {
  it("keeps a connection for longer than a client waits, so that none is closed under a request", async () => {
    const { headers } = await fetch(`${sandbox.bridgeUrl}/sandbox/ads/DEMO/never`);
    expect(headers.get("keep-alive")).toBe("timeout=75");
  });
});

describe("an inventory event signed by an independent client", () => {
  it("arrives as an ad event on the bus, and its ad can be looked at", async () => {
    const item = { dealerCode: "DEMO", itemId: "moped/ö 7" };
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const response = await post(JSON.stringify({ ...upserted({ id: "signed-1", ...item }), traceparent }));
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ items: [{ id: "signed-1", status: "queued" }] });

    const isPublished = await followAdEvents(sandbox.bridgeUrl, ({ detail }) => detail.metadata.itemId === item.itemId);
    expect(isPublished).toMatchObject({
      "detail-type": "AdPublished",
      source: "blocket-bridge",
      detail: { metadata: { ...item, sequence: 1, correlationId: "signed-1", traceparent } },
    });
    const record = await readAd(sandbox.bridgeUrl, item);
    expect(record?.wish).toMatchObject({ want: { kind: "document" }, document: { vehicleType: "moped" } });
    expect(record?.receipts).toMatchObject([{ eventId: "signed-1", outcome: "applied" }]);
    expect(record?.events.map(({ metadata }) => metadata.id)).toEqual([isPublished.detail.metadata.id]);
  });

  it("is told as AdDeleted when it takes an ad away", async () => {
    const item = { dealerCode: "SOLO", itemId: "moped-8" };
    await post(JSON.stringify(upserted({ id: "signed-2", ...item })));
    const isOurs = (type: string) => (delivery: Awaited<ReturnType<typeof followAdEvents>>) =>
      delivery["detail-type"] === type && delivery.detail.metadata.itemId === item.itemId;
    await followAdEvents(sandbox.bridgeUrl, isOurs("AdPublished"));
    await post(JSON.stringify(removed({ id: "signed-3", ...item })));
    const deleted = await followAdEvents(sandbox.bridgeUrl, isOurs("AdDeleted"));
    expect(deleted.detail.metadata).toMatchObject({ sequence: 2, correlationId: "signed-3" });
  });
});

describe("a request that is refused", () => {
  const good = JSON.stringify(upserted({ id: "refused", itemId: "never" }));
  const otherSecret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

  it.each([
    ["a wrong signature", 401, good, { secret: otherSecret }],
    ["a stale timestamp", 401, good, { at: minutesAgo(6) }],
    ["a timestamp of the future", 401, good, { at: minutesAgo(-6) }],
    ["a body that is not JSON", 400, "{", {}],
    ["a body that is no CloudEvent", 400, JSON.stringify({ hello: "world" }), {}],
    ["a body over the limit", 413, JSON.stringify({ padding: "x".repeat(256 * 1024) }), {}],
    ["a source that is not ours", 404, good, { source: "stranger" }],
  ] satisfies [string, number, string, Forgery][])(
    "%s: %i with problem+json, one log line, nothing queued",
    async (...row) => {
      const [, status, body, forgery] = row;
      const linesBefore = answeredLines().length;
      const response = await post(body, forgery);
      const problem = await response.text();
      expect(response.status).toBe(status);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(JSON.parse(problem)).toMatchObject({ status, type: expect.stringMatching(/^\/problems\//) });
      expect(problem).not.toMatch(/\.ts\b|node_modules|\\n {4}at /);
      await sandbox.findLine(new RegExp(`("receive.answered"[^]*){${linesBefore + 1}}`));
      expect(answeredLines()).toHaveLength(linesBefore + 1);
      expect(await readAd(sandbox.bridgeUrl, { dealerCode: "DEMO", itemId: "never" })).toBeNull();
    },
  );
});

function withoutDealer(event: ReturnType<typeof upserted>) {
  const { dealerCode: _, ...data } = event.data;
  return { ...event, data };
}

describe("an authentic event with invalid content", () => {
  it.each([
    ["an unknown type", { ...upserted({ id: "bad-1", itemId: "bad-1" }), type: "inventory.item.painted" }, "/type"],
    ["no dealer", withoutDealer(upserted({ id: "bad-2", itemId: "bad-2" })), "/data/dealerCode"],
  ])("%s: 202 with the item rejected, and InventoryEventRejected in the end", async (_, event, pointer) => {
    const response = await post(JSON.stringify(event));
    expect(response.status).toBe(202);
    const errors = expect.arrayContaining([expect.objectContaining({ pointer })]);
    expect(await response.json()).toMatchObject({ items: [{ id: event.id, status: "rejected", errors }] });
    const told = await followAdEvents(sandbox.bridgeUrl, ({ detail }) => detail.data.eventId === event.id);
    expect(told).toMatchObject({
      "detail-type": "InventoryEventRejected",
      detail: { data: { source: "sandbox", errors } },
    });
  });
});

describe("the views of the sandbox", () => {
  it("know no ad that nobody spoke of, and no other page", async () => {
    for (const path of ["ads/DEMO/unheard-of", "ads/DEMO/%ZZ", "nothing"]) {
      const response = await fetch(`${sandbox.bridgeUrl}/sandbox/${path}`);
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
    }
  });

  it("show the bus as EventBridge would deliver it, and end the answer without ?follow", async () => {
    const [first] = await readAdEvents(sandbox.bridgeUrl);
    expect(Object.keys(first ?? {}).sort()).toEqual(
      ["account", "detail", "detail-type", "id", "region", "resources", "source", "time", "version"].sort(),
    );
  });

  it("leave every other path to the API, which has one route and takes no more than API Gateway", async () => {
    const address = `${sandbox.bridgeUrl}/sources/sandbox/inventory-events`;
    const read = await fetch(address);
    expect([read.status, await read.json()]).toEqual([404, { message: "Not Found" }]);
    const huge = await fetch(address, { method: "POST", body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect([huge.status, await huge.json()]).toEqual([413, { message: "Request Too Long" }]);
  });
});

import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sandboxSecret, tokens } from "#local/sandbox/sandbox-constants.ts";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { metrics } from "#shared/contracts/metrics.ts";
import { envelope } from "./sample-events.ts";
import { type RunningSandbox, startSandboxProcess } from "./sandbox-process.ts";
import { readAd, until } from "./sandbox-views.ts";

/** Each stands in a document, a header, a path, an answer of Blocket's or a secret, and in no line. */
const canaries = {
  phone: "+46709998877",
  email: "kanarie@privat.example",
  name: "Kanarie Kanariesson",
  plate: "KNR13E",
  vin: "YV1KANARIE0000001",
  itemId: "kanarie-KNR13E",
  body: "Ring Kanarie på kvällen",
  key: "kanarie-field",
  eventId: "KNR13E-kanarie@privat.example",
  attribute: "kanarie-attribute-+46709998877",
  delivery: "msg_kanarie_KNR13E",
  apiKey: "kanarie-api-key-0123456789-abcdefghij",
  login: Buffer.from("kanarie:kanarie-password-0123456789").toString("base64"),
  secret: sandboxSecret.slice("whsec_".length),
  ...Object.fromEntries(tokens.map(({ tokenId, token }) => [tokenId, token])),
};

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandboxProcess({ args: ["--no-stock"], env: { LOG_LEVEL: "INFO" } });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const dealerCode = "DEMO";
const contact = { email: canaries.email, name: canaries.name, phone: canaries.phone };
const complaint = {
  contact: { phone: [`${canaries.phone} is not a number.`] },
  detail: `${canaries.email} ${canaries.plate}`,
};

function boat(id: string, itemId: string, change: Record<string, unknown> = {}) {
  const ad = {
    title: canaries.name,
    body: canaries.body,
    contact,
    category_fields: { brand: "x", model_year: 2010 },
    ...change,
  };
  return envelope("inventory.item.upserted", id, { dealerCode, itemId, vehicleType: "boat", ad });
}

function moped(id: string, itemId: string, plate = canaries.plate) {
  const category_fields = { brand: "yamaha", model_year: 2020, registration_number: plate, vin: canaries.vin };
  const ad = { body: canaries.body, price: [{ type: "list", amount: 1_000 }], category_fields };
  return envelope("inventory.item.upserted", id, { dealerCode, itemId, vehicleType: "moped", ad });
}

/** Every attribute of the envelope is the source's to fill. */
const attributes = {
  source: `/${canaries.attribute}`,
  subject: canaries.attribute,
  sequence: canaries.attribute,
  partitionkey: canaries.attribute,
  traceparent: canaries.attribute,
};

const post = (event: unknown) => postInventoryEvents(sandbox.bridgeUrl, JSON.stringify(event));

/** The next calls of this kind go wrong at the marketplace. */
async function fault(method: string, path: string, more: Record<string, unknown>) {
  const body = JSON.stringify({ match: { method, path }, ...more });
  const response = await fetch(`${sandbox.simulatorUrl}/control/faults`, { method: "POST", body });
  expect(response.ok).toBe(true);
}

const receiptOf = (itemId: string, id: string) =>
  until(async () =>
    (await readAd(sandbox.bridgeUrl, { dealerCode, itemId }))?.receipts.find(({ eventId }) => eventId === id),
  );

/** Waits until the bridge has made so many attempts for an item, however they ended. */
const attempted = (itemId: string) =>
  until(async () =>
    ((await readAd(sandbox.bridgeUrl, { dealerCode, itemId }))?.ad.submissions ?? []).some(
      ({ attempts }) => attempts > 0,
    ),
  );

async function raw(path: string, headers: Record<string, string>, body?: string) {
  const method = body === undefined ? "GET" : "POST";
  const init = {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body }),
  };
  return (await fetch(`${sandbox.bridgeUrl}${path}`, init)).status;
}

function signed(content: string, secret = sandboxSecret, id = randomUUID() as string) {
  const now = new Date();
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, now, content),
  };
}

const lines = () => `${sandbox.stdout()}${sandbox.stderr()}`.split("\n").filter((line) => line !== "");
const measuredLines = () =>
  lines().flatMap((line) => (line.includes('"_aws"') ? [JSON.parse(line.slice(line.indexOf("{")))] : []));
const ofName = (name: string) => lines().filter((line) => line.includes(`"${name}"`));

describe("what is personal or secret", () => {
  it("goes through the door, good, bad and forged, and through the status", async () => {
    const door = "/sources/sandbox/inventory-events";
    const event = JSON.stringify(boat("door-1", canaries.itemId));
    await post(boat("good-1", canaries.itemId));
    await post([
      boat("bad-1", canaries.itemId, { [canaries.key]: 1, image_urls: [`http://${canaries.name}`] }),
      moped("bad-2", canaries.itemId, `${canaries.plate}${canaries.plate}`),
      { ...boat(canaries.eventId, canaries.itemId), ...attributes },
      { ...boat(`${canaries.eventId}-bad`, canaries.itemId), ...attributes, time: canaries.attribute },
    ]);
    const statuses = [
      await raw(door, signed("{}", `whsec_${Buffer.alloc(32, 7).toString("base64")}`), event),
      await raw(door, { "x-api-key": canaries.apiKey }, event),
      await raw(door, { authorization: `Basic ${canaries.login}` }, event),
      await raw(door, signed(`{"${canaries.phone}`), `{"${canaries.phone}`),
      await raw(door, signed(`{"phone":"${canaries.phone}"}`), `{"phone":"${canaries.phone}"}`),
      await raw(`${door}?dry-run=${canaries.plate}`, signed(event), event),
      await raw(
        `/sources/sandbox/items/${dealerCode}/${canaries.itemId}`,
        signed(`GET /sources/sandbox/items/${dealerCode}/${canaries.itemId}`),
      ),
      await raw(`/sources/sandbox/items/${dealerCode}/${canaries.itemId}`, signed("GET /")),
      await raw(`/sources/${canaries.plate}/items/${dealerCode}/x`, signed("GET /")),
      await raw(door, signed(event, sandboxSecret, canaries.delivery), event),
      await raw(
        `${door}/${canaries.eventId}`,
        signed(`GET ${door}/${canaries.eventId}`, sandboxSecret, canaries.delivery),
      ),
    ];
    expect(statuses.slice(0, 6)).toEqual([401, 401, 401, 400, 400, 400]);
    expect(statuses[7]).toBe(401);
    expect(statuses[9]).toBe(202);
    await receiptOf(canaries.itemId, "good-1");
    await receiptOf(canaries.itemId, "bad-2");
    await receiptOf(canaries.itemId, canaries.eventId);
    await receiptOf(canaries.itemId, `${canaries.eventId}-bad`);
    expect(ofName("status.answered")).not.toHaveLength(0);
  });

  it("goes to the marketplace and comes back in every kind of failure", { timeout: 60_000 }, async () => {
    await fault("POST", "/v4/boat", { kind: "status", status: 400, body: complaint });
    await post(boat("refused-1", `${canaries.itemId}-refused`));
    await receiptOf(`${canaries.itemId}-refused`, "refused-1");

    await fault("POST", "/v4/boat", { kind: "publish-error" });
    await post(boat("errored-1", `${canaries.itemId}-errored`));
    await receiptOf(`${canaries.itemId}-errored`, "errored-1");

    for (const [place, failure] of [
      { kind: "status", status: 500, body: complaint },
      { kind: "status", status: 429, body: complaint, retryAfter: 1 },
      { kind: "status", status: 200, body: `<html>${canaries.phone}` },
      { kind: "drop-after" },
      { kind: "drop-before" },
    ].entries()) {
      const itemId = `${canaries.itemId}-${place}`;
      await fault("POST", "/v4/moped", failure);
      await post(moped(`failed-${place}`, itemId, `KNR${place}${place}E`));
      await attempted(itemId);
    }
    await fault("GET", "/v4/ad", { kind: "status", status: 500, body: complaint, times: 2 });
    await post(moped("read-1", `${canaries.itemId}-read`, "KNR99E"));
    await receiptOf(`${canaries.itemId}-read`, "read-1");
    await fault("POST", "/v4/moped", { kind: "status", status: 401, body: complaint });
    await post(moped("closed-1", `${canaries.itemId}-closed`, "KNR98E"));
    await until(async () => ofName("lane.changed").length > 0);
  });

  it("stands in no line that was written, and there were lines of every kind", () => {
    for (const name of [
      "receive.answered",
      "status.answered",
      "submit.handled",
      "submit.called",
      "poll.round",
      "ad.told",
    ]) {
      expect(ofName(name).length, name).toBeGreaterThan(0);
    }
    const found = Object.entries(canaries).flatMap(([kind, canary]) =>
      lines().flatMap((line) =>
        line.includes(canary) || line.includes(JSON.stringify(canary).slice(1, -1)) ? [`${kind}: ${line}`] : [],
      ),
    );
    expect(found).toEqual([]);
    expect(measuredLines()).not.toHaveLength(0);
    for (const { _aws, ...line } of measuredLines()) {
      const directives = _aws.CloudWatchMetrics as { Dimensions: string[][]; Metrics: { Name: string }[] }[];
      const names = directives.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
      expect(Object.keys(metrics)).toEqual(expect.arrayContaining(names));
      expect(names.flatMap((name) => line[name]).filter((value) => typeof value !== "number")).toEqual([]);
      expect(["[]", "[source]"]).toEqual(
        expect.arrayContaining(directives.flatMap(({ Dimensions }) => Dimensions.map((set) => `[${set}]`))),
      );
    }
    expect(lines().filter((line) => /kanarie|KNR\d/i.test(line))).toEqual([]);
  });
});

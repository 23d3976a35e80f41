import { describe, expect, it } from "vitest";
import { removedEvent } from "#test/unit/contracts/inventory-samples.ts";
import { apiKey, type Call, frontDoor, newApiKey, newSecret, now, password } from "./front-door.ts";

const unsigned = { "Webhook-Id": undefined, "Webhook-Timestamp": undefined, "Webhook-Signature": undefined };
const basic = (login: string) => `Basic ${Buffer.from(login).toString("base64")}`;
const call = (source: string, headers: Call["headers"]): Call => ({
  source,
  body: removedEvent,
  headers: { ...unsigned, ...headers },
});

describe("a source that cannot sign", () => {
  it.each([
    ["by one of its keys", "keyed", { "X-Api-Key": apiKey }, "api-key"],
    ["by its other key", "keyed", { "X-Api-Key": newApiKey }, "api-key"],
    [
      "by a key, beside a signature it has no secret for",
      "keyed",
      { "X-Api-Key": apiKey, "Webhook-Signature": "v1,x" },
      "api-key",
    ],
    ["by its login, in UTF-8", "login", { Authorization: basic(`bilar:${password}`) }, "basic"],
    [
      "by its login, whatever the case of the scheme",
      "login",
      { Authorization: basic(`bilar:${password}`).replace("Basic", "BASIC") },
      "basic",
    ],
    ["by a key where it may also sign", "mixed", { "X-Api-Key": apiKey }, "api-key"],
  ])("proves itself %s, and its line says how", async (_, source, headers, authentication) => {
    const door = frontDoor();
    expect((await door.post(call(source, headers))).status).toBe(202);
    expect(door.queued).toMatchObject([{ event: { source } }]);
    expect(door.lines).toMatchObject([{ fields: { source, authentication } }]);
  });

  it.each([
    ["with another key", "keyed", { "X-Api-Key": `${apiKey}x` }, "invalid-credentials"],
    ["with the beginning of its key", "keyed", { "X-Api-Key": apiKey.slice(0, -1) }, "invalid-credentials"],
    ["with an empty key", "keyed", { "X-Api-Key": "" }, "unsigned"],
    ["with two keys in one header", "keyed", { "X-Api-Key": `${apiKey},${newApiKey}` }, "invalid-credentials"],
    ["with nothing", "keyed", {}, "unsigned"],
    ["with a login where keys are agreed", "keyed", { Authorization: basic(`bilar:${password}`) }, "unsigned"],
    ["with the password alone", "login", { Authorization: basic(password) }, "invalid-credentials"],
    ["with another name", "login", { Authorization: basic(`bilarna:${password}`) }, "invalid-credentials"],
    ["with a login that is no base64", "login", { Authorization: `Basic bilar:${password}` }, "invalid-credentials"],
    ["with a bearer token", "login", { Authorization: `Bearer ${password}` }, "invalid-credentials"],
    ["with a key where only signatures are agreed", "dms", { "X-Api-Key": apiKey }, "unsigned"],
    [
      "with a right key beside a wrong signature",
      "mixed",
      { "X-Api-Key": apiKey, "Webhook-Id": "m", "Webhook-Timestamp": String(now / 1000), "Webhook-Signature": "v1,x" },
      "invalid-signature",
    ],
  ])("is turned away %s", async (_, source, headers, slug) => {
    const door = frontDoor();
    const answer = await door.post(call(source, headers));
    expect(answer).toMatchObject({ status: 401, body: { type: `/problems/${slug}` } });
    expect(answer.headers?.["www-authenticate"]).toMatch(/^Basic /);
    expect(door.queued).toEqual([]);
    expect(JSON.stringify(door.lines)).not.toContain(apiKey);
  });

  it("may have been given its key a moment ago", async () => {
    const door = frontDoor();
    door.cached = { ...door.cached, keyed: { secrets: [newSecret], dealers: ["DEMO"], listingIds: "uuid" } };
    expect((await door.post(call("keyed", { "X-Api-Key": apiKey }))).status).toBe(202);
    expect(door.reads).toEqual([false, true]);
  });

  it("speaks for its own dealers only", async () => {
    const body = { ...removedEvent, data: { ...removedEvent.data, dealerCode: "DEMO2" } };
    const { status } = await frontDoor().post({ ...call("keyed", { "X-Api-Key": apiKey }), body });
    expect(status).toBe(403);
  });
});

describe("a source that sends too fast", () => {
  const fast = call("mixed", { "X-Api-Key": apiKey });

  it("gets 429 and the time to wait, is taken again after it, and holds nobody else up", async () => {
    const door = frontDoor();
    const burst = await Promise.all(Array.from({ length: 6 }, () => door.post(fast)));
    expect(burst.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 429]);
    expect(burst[5]).toMatchObject({ headers: { "retry-after": "2" }, body: { type: "/problems/too-many-requests" } });
    const fields = expect.objectContaining({ source: "mixed", problem: "too-many-requests" });
    expect(door.lines).toContainEqual(expect.objectContaining({ level: "event", fields }));
    expect((await door.post({ body: removedEvent })).status).toBe(202);
    door.now += 1_999;
    expect((await door.post(fast)).status).toBe(429);
    door.now += 1;
    expect((await door.post(fast)).status).toBe(202);
    expect(door.queued).toHaveLength(7);
  });

  it("is not held up by who only claims to be it", async () => {
    const door = frontDoor();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await door.post(call("mixed", { "X-Api-Key": "x" }))).status).toBe(401);
    }
    expect((await door.post(fast)).status).toBe(202);
  });
});

import { describe, expect, it } from "vitest";
import { type FaultKind, faultKinds } from "#local/simulator/fault-kinds.ts";
import { boat, type Fixture, startMarketplace } from "./marketplace-fixture.ts";

/** What becomes of a request, its answer unread: faults make some that cannot be read. */
function send({ marketplace }: Fixture, method: string, path: string, body?: object): string {
  const headers = { "x-auth-token": "sandbox-token", "content-type": "application/json" };
  const text = body === undefined ? "" : JSON.stringify(body);
  const outcome = marketplace.handle({ method, path, query: "", headers, body: text });
  return outcome.kind === "respond" ? `respond ${outcome.status}` : outcome.kind;
}

/** What becomes of a hundred POSTs, each of an ad of its own, and of a read after each. */
function playHundred(fixture: Fixture): string[] {
  return Array.from({ length: 100 }, (_, index) => {
    const made = send(fixture, "POST", "/v4/boat", { ...boat, source_id: `boat-${index}` });
    fixture.wait(500);
    const read = send(fixture, "GET", `/v4/ad/boat-${index}`);
    fixture.wait(500);
    return `${made}, ${read}`;
  });
}

/** How a POST shows that it met a random fault of a kind. */
const signs: Record<FaultKind, RegExp> = {
  status: /^respond (500|502|503|408|429)$/,
  html: /^respond 502$/,
  hang: /^hang$/,
  slow: /^respond 201$/,
  "drop-before": /^drop$/,
  "drop-during": /^cut$/,
  "drop-after": /^drop$/,
  truncated: /^respond 201$/,
  "revoke-token": /^respond 401$/,
  "late-log": /^respond 201$/,
  stuck: /^respond 201$/,
  "image-error": /^respond 201$/,
  "publish-error": /^respond 201$/,
};

describe("faults at random", () => {
  it("come from the seed", () => {
    const play = (seed: number) => playHundred(startMarketplace({ faultRate: 0.3 }, { seed }));
    expect(play(1)).toEqual(play(1));
    expect(play(1)).not.toEqual(play(2));
  });

  it("meet the part of requests that is set", () => {
    const fixture = startMarketplace({ faultRate: 0.25, faultKinds: ["status"] });
    playHundred(fixture);
    const met = fixture.marketplace.requests().filter(({ status }) => [500, 502, 503, 408, 429].includes(status ?? 0));
    expect(met.length).toBeGreaterThan(30);
    expect(met.length).toBeLessThan(70);
  });

  it.each(faultKinds)("can be %s alone", (kind) => {
    const fixture = startMarketplace({ faultRate: 1, faultKinds: [kind] });
    expect(send(fixture, "POST", "/v4/boat", boat)).toMatch(signs[kind]);
  });

  it("spoil no work where there is none", () => {
    const fixture = startMarketplace({ faultRate: 1, faultKinds: ["stuck"] });
    expect(send(fixture, "GET", "/v4/ad")).toBe("respond 200");
    send(fixture, "POST", "/v4/boat", boat);
    fixture.wait(700);
    expect(fixture.marketplace.ads()[0]?.log).toHaveLength(1);
  });

  it("leave a marketplace without them as it was", () => {
    const ids = (settings: object) => {
      const fixture = startMarketplace(settings);
      playHundred(fixture);
      return fixture.marketplace.ads().map(({ id }) => id);
    };
    expect(ids({ faultRate: 0 })).toEqual(ids({}));
  });
});

describe("a limit of requests", () => {
  it("is kept per token and second, and told with the time to wait", () => {
    const fixture = startMarketplace({ requestsPerSecond: 2 });
    const statusOf = (headers = {}) => fixture.call("GET", "/v4/ad", undefined, headers).status;
    fixture.wait(400);
    expect([statusOf(), statusOf(), statusOf()]).toEqual([200, 200, 429]);
    expect(statusOf({ "x-auth-token": "sandbox-solo-token" })).toBe(200);
    expect(fixture.call("GET", "/v4/ad")).toMatchObject({
      status: 429,
      headers: { "retry-after": "1" },
      body: { detail: "Request was throttled. Expected available in 1 second." },
    });
    fixture.wait(600);
    expect(statusOf()).toBe(200);
  });

  it("makes nothing of a write that is one too many", () => {
    const fixture = startMarketplace({ requestsPerSecond: 1 });
    fixture.call("GET", "/v4/ad");
    expect(fixture.call("POST", "/v4/boat", boat).status).toBe(429);
    expect(fixture.marketplace.ads()).toEqual([]);
  });
});

describe("the record of requests", () => {
  it("keeps the latest ten thousand", () => {
    const fixture = startMarketplace();
    for (let index = 0; index < 20_500; index += 1) fixture.call("GET", `/v4/ad/${index}`);
    const requests = fixture.marketplace.requests();
    expect(requests).toHaveLength(10_000);
    expect(requests.at(0)?.path).toBe("/v4/ad/10500");
    expect(requests.at(-1)?.path).toBe("/v4/ad/20499");
  });
});

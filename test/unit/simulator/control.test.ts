import { describe, expect, it } from "vitest";
import { answerControl } from "#local/simulator/control.ts";
import { car, startMarketplace } from "./marketplace-fixture.ts";

function startControl() {
  const fixture = startMarketplace();
  const control = (method: string, path: string, body?: unknown) => {
    const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    const reply = answerControl(fixture.marketplace, { method, path: `/control/${path}`, body: text });
    return { status: reply.status, body: JSON.parse(reply.body) };
  };
  return { ...fixture, control };
}

describe("the control interface", () => {
  it("tells the requests and the charges", () => {
    const { call, control, wait } = startControl();
    call("POST", "/v4/car", car);
    wait(1500);
    call("GET", "/v4/ad/car-1/bump?exclude_bytbil=true");
    expect(control("GET", "requests").body).toEqual([
      { at: "2025-01-15T10:00:00.000Z", method: "POST", path: "/v4/car", query: "", status: 201 },
      {
        at: "2025-01-15T10:00:01.500Z",
        method: "GET",
        path: "/v4/ad/car-1/bump",
        query: "exclude_bytbil=true",
        status: 200,
      },
    ]);
    expect(control("GET", "charges").body).toEqual({ bump: 1, pole_position: 0 });
  });

  it("moves the clock on: what is due happens, and pole position ends after three days", () => {
    const { call, control } = startControl();
    call("POST", "/v4/car", car);
    expect(control("POST", "clock", { aheadMs: 5_000 }).body).toEqual({ now: "2025-01-15T10:00:05.000Z" });
    expect(call("GET", "/v4/ad/car-1").body.blocket_ad_id).not.toBeNull();
    const boost = () => call("GET", "/v4/ad/car-1/pole_position").status;
    expect([boost(), boost()]).toEqual([200, 400]);
    control("POST", "clock", { aheadMs: 3 * 24 * 60 * 60 * 1000 - 1 });
    expect(boost()).toBe(400);
    control("POST", "clock", { aheadMs: 1 });
    expect([boost(), control("GET", "clock").body.now]).toEqual([200, "2025-01-18T10:00:05.000Z"]);
    expect(control("POST", "clock", { aheadMs: -1 }).status).toBe(400);
  });

  it("takes faults and clears them", () => {
    const { call, control } = startControl();
    const fault = { match: { method: "GET", path: "/v4/ad" }, kind: "status", status: 503, retryAfter: 7 };
    expect(control("POST", "faults", { ...fault, times: 2 }).status).toBe(201);
    expect(call("GET", "/v4/ad")).toMatchObject({ status: 503, headers: { "retry-after": "7" } });
    expect(control("DELETE", "faults").status).toBe(200);
    expect(call("GET", "/v4/ad").status).toBe(200);
  });

  it("shows each quirk with its alternatives and source, and changes settings and quirks", () => {
    const { call, control } = startControl();
    const before = control("GET", "settings").body;
    expect(before.publishDelayMs).toBe(400);
    expect(before.quirks.pageEnvelope).toEqual({
      value: "object",
      default: "object",
      alternatives: ["object", "array"],
      source: expect.any(String),
    });
    const after = control("PATCH", "settings", { publishDelayMs: 5, quirks: { pageEnvelope: "array" } }).body;
    expect(after).toMatchObject({ publishDelayMs: 5, mediaDelayMs: before.mediaDelayMs });
    expect(after.quirks.pageEnvelope.value).toBe("array");
    expect(call("GET", "/v4/ad").body).toEqual([]);
    expect(control("PATCH", "settings", {}).body).toEqual(after);
  });

  it.each([
    ["POST", "faults", "{", "The body is not JSON."],
    ["POST", "faults", "", "The body is not JSON."],
    ["POST", "faults", [], "body: "],
    ["POST", "faults", {}, "kind: "],
    ["POST", "faults", { kind: "explode" }, "kind: "],
    ["POST", "faults", { kind: "status" }, "status: "],
    ["POST", "faults", { kind: "status", status: 100 }, "status: "],
    ["POST", "faults", { kind: "status", status: 429, retryAfter: "a\r\nb" }, "retryAfter: "],
    ["POST", "faults", { kind: "hang", times: 0 }, "times: "],
    ["POST", "faults", { kind: "hang", match: { verb: "GET" } }, "match: "],
    ["PATCH", "settings", null, "body: "],
    ["PATCH", "settings", { publishDelay: 5 }, 'body: Unrecognized key: "publishDelay".'],
    ["PATCH", "settings", { publishDelayMs: -1 }, "publishDelayMs: "],
    ["PATCH", "settings", { publishDelayMs: "5" }, "publishDelayMs: "],
    ["PATCH", "settings", { quirks: { nothing: 1 } }, 'quirks: Unrecognized key: "nothing".'],
    ["PATCH", "settings", { quirks: { duplicateStatus: 410 } }, "quirks.duplicateStatus: "],
  ])("refuses %s %s %j in one sentence and changes nothing", (method, path, body, sentence) => {
    const { call, control } = startControl();
    const before = control("GET", "settings").body;
    const { status, body: refusal } = control(method, path, body);
    expect(status).toBe(400);
    expect(refusal).toEqual({ detail: expect.stringContaining(sentence) });
    expect(control("GET", "settings").body).toEqual(before);
    expect(call("GET", "/v4/ad").status).toBe(200);
  });

  it.each([
    ["GET", "nothing", 404],
    ["GET", "constructor", 404],
    ["DELETE", "requests", 405],
    ["constructor", "faults", 405],
  ])("answers %s %s with %i", (method, path, status) => {
    expect(startControl().control(method, path).status).toBe(status);
  });
});

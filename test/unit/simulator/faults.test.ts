import { describe, expect, it } from "vitest";
import { boat, car, logOf, startMarketplace } from "./marketplace-fixture.ts";

describe("faults that meet the request", () => {
  it.each([
    [400, ["The request was refused by a fault."]],
    [401, { detail: "Invalid token: Signature has expired" }],
    [403, { detail: "You do not have permission to perform this action." }],
    [404, { detail: "Not found." }],
    [409, { source_id: ["Ad with this source_id already exists."] }],
    [429, { detail: "Request was throttled." }],
    [503, { detail: "Status 503 by a fault." }],
  ])("answers %i in its documented shape, once, without acting", (status, body) => {
    const fixture = startMarketplace();
    fixture.marketplace.addFault({ kind: "status", status });
    expect(fixture.call("POST", "/v4/car", car)).toMatchObject({ status, body });
    expect(fixture.marketplace.ads()).toEqual([]);
    expect(fixture.call("POST", "/v4/car", car).status).toBe(201);
  });

  it("answers with a body and Retry-After of its own", () => {
    const fixture = startMarketplace();
    fixture.marketplace.addFault({ kind: "status", status: 429, retryAfter: 20, body: { a: 1 } });
    fixture.marketplace.addFault({ kind: "status", status: 200, body: "<html>" });
    const json = fixture.call("GET", "/v4/ad");
    expect(json).toMatchObject({ body: { a: 1 }, headers: { "retry-after": "20" } });
    const html = fixture.call("GET", "/v4/ad");
    expect(html).toMatchObject({ body: "<html>", headers: { "content-type": "text/html" } });
  });

  it("hangs and drops before acting, drops after having acted, and records no status for any", () => {
    const fixture = startMarketplace();
    for (const kind of ["hang", "drop-before", "drop-after"] as const) fixture.marketplace.addFault({ kind });
    expect(fixture.call("POST", "/v4/car", { ...car, source_id: "1" }).kind).toBe("hang");
    expect(fixture.call("POST", "/v4/car", { ...car, source_id: "2" }).kind).toBe("drop");
    expect(fixture.call("POST", "/v4/car", { ...car, source_id: "3" }).kind).toBe("drop");
    expect(fixture.marketplace.ads().map((ad) => ad.sourceId)).toEqual(["3"]);
    expect(fixture.marketplace.requests().map(({ status }) => status)).toEqual([null, null, null]);
    fixture.settle();
    expect(fixture.marketplace.ads()[0]?.isLive).toBe(true);
  });

  it("applies in order of arrival, one per request, as often as asked, to what matches", () => {
    const fixture = startMarketplace();
    const { marketplace } = fixture;
    marketplace.addFault({ match: { method: "post", path: "/v4/car" }, times: 2, kind: "status", status: 500 });
    marketplace.addFault({ match: { path: "/v4/c" }, kind: "status", status: 502 });
    const statusOf = (method: string, target: string) => fixture.call(method, target, {}).status;
    expect(statusOf("GET", "/v4/ad")).toBe(200);
    expect(statusOf("POST", "/v4/boat")).toBe(400);
    expect(statusOf("POST", "/v4/car")).toBe(500);
    expect(statusOf("GET", "/v4/camper")).toBe(502);
    expect(statusOf("POST", "/v4/car")).toBe(500);
    expect(statusOf("POST", "/v4/car")).toBe(400);
  });

  it("can be cleared", () => {
    const fixture = startMarketplace();
    fixture.marketplace.addFault({ kind: "hang", times: 5 });
    fixture.marketplace.clearFaults();
    expect(fixture.call("GET", "/v4/ad").status).toBe(200);
  });
});

describe("faults that spoil the work", () => {
  it("late-log keeps lines back, and shows them where they belong", () => {
    const fixture = startMarketplace();
    fixture.marketplace.addFault({ kind: "late-log", delayMs: 60_000 });
    expect(fixture.call("GET", "/v4/boat").status).toBe(200);
    fixture.call("POST", "/v4/boat", boat);
    fixture.wait(5000);
    expect(fixture.call("GET", "/v4/ad/boat-1").body.blocket_ad_id).not.toBeNull();
    expect(logOf(fixture, "boat-1")).toEqual([]);
    fixture.call("PUT", "/v4/boat/boat-1", { body: "x" });
    fixture.wait(5000);
    expect(logOf(fixture, "boat-1")).toHaveLength(4);
    fixture.settle();
    expect(logOf(fixture, "boat-1").slice(0, 5).at(-1)).toBe("update processing");
    expect(fixture.call("GET", "/v4/ad/boat-1").body.log[0].created).toBe("2025-01-15T10:00:00Z");
  });

  it("stuck stops after the first line, and all later work behind it", () => {
    const fixture = startMarketplace();
    fixture.marketplace.addFault({ kind: "stuck", delayMs: 3_600_000 });
    fixture.call("POST", "/v4/boat", boat);
    fixture.call("PUT", "/v4/boat/boat-1", { body: "x" });
    fixture.wait(3_600_000);
    expect(logOf(fixture, "boat-1")).toEqual(["create processing"]);
    fixture.settle();
    expect(logOf(fixture, "boat-1")).toHaveLength(8);
  });

  it("publish-error fails one publish for good", () => {
    const fixture = startMarketplace();
    fixture.marketplace.addFault({ kind: "publish-error" });
    fixture.call("POST", "/v4/boat", boat);
    fixture.settle();
    expect(logOf(fixture, "boat-1").at(-1)).toBe("publish error");
    fixture.call("PUT", "/v4/boat/boat-1", {});
    fixture.settle();
    expect(logOf(fixture, "boat-1").at(-1)).toBe("publish done");
  });

  it("publish-error recovers by itself when told to, under the same request", () => {
    const fixture = startMarketplace();
    fixture.marketplace.addFault({ kind: "publish-error", recoversAfterMs: 60_000 });
    fixture.call("POST", "/v4/boat", boat);
    fixture.settle();
    expect(logOf(fixture, "boat-1").slice(-2)).toEqual(["publish error", "publish done"]);
    const [failedAt = 0, publishedAt = 0] =
      fixture.marketplace
        .ads()[0]
        ?.log.slice(-2)
        .map(({ at }) => at) ?? [];
    expect(publishedAt - failedAt).toBe(60_000);
    expect(fixture.marketplace.ads()[0]?.isLive).toBe(true);
    const ids = fixture.call("GET", "/v4/ad/boat-1").body.log.map((line: { request_id: string }) => line.request_id);
    expect(new Set(ids).size).toBe(1);
  });

  it("publish-error does not recover over a later write", () => {
    const fixture = startMarketplace();
    fixture.marketplace.addFault({ kind: "publish-error", recoversAfterMs: 60_000 });
    fixture.call("POST", "/v4/boat", boat);
    fixture.wait(5000);
    fixture.call("PUT", "/v4/boat/boat-1", { visible: false });
    fixture.settle();
    expect(logOf(fixture, "boat-1").at(-1)).toBe("update done");
    expect(fixture.marketplace.ads()[0]?.isLive).toBe(false);
  });
});

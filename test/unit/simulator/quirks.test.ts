import { describe, expect, it } from "vitest";
import { quirkNames, quirks } from "#local/simulator/quirks.ts";
import { boat, car, logOf, startMarketplace } from "./marketplace-fixture.ts";

describe("quirks", () => {
  it.each(quirkNames)("%s has its default among at least two alternatives, and a source", (name) => {
    const quirk: { default: unknown; alternatives: readonly unknown[]; source: string } = quirks[name];
    expect(quirk.alternatives).toContain(quirk.default);
    expect(new Set(quirk.alternatives).size).toBeGreaterThan(1);
    expect(quirk.source).not.toBe("");
  });

  it("putSemantics replace clears what a PUT does not name, but for plate and vin", () => {
    const fixture = startMarketplace({ quirks: { putSemantics: "replace" } });
    fixture.call("POST", "/v4/car", car);
    fixture.call("PATCH", "/v4/car/car-1", { url: "https://example.com" });
    const { body } = fixture.call("PUT", "/v4/car/car-1", { category_fields: { model_year: 2020 } });
    expect(body).toMatchObject({ body: null, price: [], url: null });
    expect(body.category_fields).toEqual({ model_year: 2020, registration_number: "ABC123" });
    expect(fixture.call("PUT", "/v4/car/car-1", {}).body).toEqual({
      category_fields: { model_year: ["This field is required."] },
    });
  });

  it("putSemantics replace leaves PATCH a merge", () => {
    const fixture = startMarketplace({ quirks: { putSemantics: "replace" } });
    fixture.call("POST", "/v4/car", car);
    expect(fixture.call("PATCH", "/v4/car/car-1", {}).body.body).toBe(car.body);
  });

  it("duplicateStatus 409 answers only what is otherwise right", () => {
    const fixture = startMarketplace({ quirks: { duplicateStatus: 409 } });
    fixture.call("POST", "/v4/car", car);
    const body = { source_id: ["Ad with this source_id already exists."] };
    expect(fixture.call("POST", "/v4/car", car)).toMatchObject({ status: 409, body });
    expect(fixture.call("POST", "/v4/car", { ...car, price: 1 }).status).toBe(400);
  });

  it.each([
    ["row", (body: object) => "id" in body && !("log" in body) && !("request_id" in body)],
    ["row-with-log", (body: object) => "id" in body && "log" in body],
    ["row-with-request-id", (body: object) => "id" in body && "request_id" in body && !("log" in body)],
    ["empty", (body: unknown) => body === ""],
  ] as const)("writeReply %s holds for every write", (writeReply, fits) => {
    const fixture = startMarketplace({ quirks: { writeReply } });
    const calls = [
      ["POST", "/v4/car", car],
      ["PUT", "/v4/car/car-1", {}],
      ["PATCH", "/v4/car/car-1", {}],
      ["GET", "/v4/ad/car-1/bump", undefined],
      ["DELETE", "/v4/ad/car-1", undefined],
    ] as const;
    for (const [method, target, body] of calls) {
      expect(fits(fixture.call(method, target, body).body), `${method} ${target}`).toBe(true);
    }
  });

  it("writeReply row-with-request-id names the request of the log", () => {
    const fixture = startMarketplace({ quirks: { writeReply: "row-with-request-id" } });
    const { request_id } = fixture.call("POST", "/v4/car", car).body;
    fixture.settle();
    expect(fixture.call("GET", "/v4/ad/car-1").body.log[0].request_id).toBe(request_id);
  });

  it("pageEnvelope array gives bare pages", () => {
    const fixture = startMarketplace({ quirks: { pageEnvelope: "array" } });
    fixture.call("POST", "/v4/car", car);
    fixture.settle();
    expect(fixture.call("GET", "/v4/ad").body).toHaveLength(1);
    expect(fixture.call("GET", "/v4/ad/car-1/log?limit=2").body).toHaveLength(2);
  });

  it("logField logs renames the log everywhere", () => {
    const fixture = startMarketplace({ quirks: { logField: "logs" } });
    fixture.call("POST", "/v4/car", car);
    for (const row of [
      fixture.call("GET", "/v4/ad/car-1").body,
      fixture.call("GET", "/v4/ad?include=log").body.results[0],
    ]) {
      expect(row).toHaveProperty("logs");
      expect(row).not.toHaveProperty("log");
    }
  });

  it("logOrder descending turns the log in rows and the default of /log", () => {
    const fixture = startMarketplace({ quirks: { logOrder: "descending" } });
    fixture.call("POST", "/v4/boat", boat);
    fixture.settle();
    expect(logOf(fixture, "boat-1")).toEqual([
      "publish done",
      "publish processing",
      "create done",
      "create processing",
    ]);
    const first = (query: string) => fixture.call("GET", `/v4/ad/boat-1/log${query}`).body.results[0].action;
    expect([first(""), first("?ordering=created")]).toEqual(["publish", "create"]);
  });

  it("hiddenPublish present logs a publish that makes nothing live", () => {
    const fixture = startMarketplace({ quirks: { hiddenPublish: "present" } });
    fixture.call("POST", "/v4/boat", { ...boat, visible: false });
    fixture.settle();
    expect(logOf(fixture, "boat-1").at(-1)).toBe("publish done");
    expect(fixture.marketplace.ads()[0]).toMatchObject({ isLive: false, blocketAdId: null });
  });

  it("rowsPerSourceId per-write lists what was, the newest by updated being true", () => {
    const fixture = startMarketplace({ quirks: { rowsPerSourceId: "per-write" } });
    fixture.call("POST", "/v4/boat", { ...boat, body: "1" });
    fixture.settle();
    fixture.call("PUT", "/v4/boat/boat-1", { body: "2" });
    fixture.wait(1000);
    fixture.call("PUT", "/v4/boat/boat-1", { body: "3" });
    fixture.call("PUT", "/v4/boat/boat-1", { body: "4" });
    fixture.settle();
    fixture.wait(1000);
    fixture.call("DELETE", "/v4/boat/boat-1");
    fixture.settle();
    const rows = fixture.call("GET", "/v4/ad?source_id__in=boat-1&include=log").body.results;
    expect(rows.map((row: { body: string; state: string }) => [row.body, row.state])).toEqual([
      ["4", "deleted"],
      ["4", "created"],
      ["3", "created"],
      ["2", "created"],
      ["1", "created"],
    ]);
    expect(rows[0].updated > rows[1].updated).toBe(true);
    expect(rows.at(-1).log).toHaveLength(4);
    expect(fixture.call("GET", "/v4/ad?state=deleted").body.count).toBe(1);
  });

  it("rowsPerSourceId per-write shows no row that is as new as the true one", () => {
    const fixture = startMarketplace({ quirks: { rowsPerSourceId: "per-write" } });
    fixture.call("POST", "/v4/boat", boat);
    fixture.wait(999);
    fixture.call("PUT", "/v4/boat/boat-1", { body: "2" });
    expect(fixture.call("GET", "/v4/ad").body.results).toMatchObject([{ body: "2" }]);
  });

  it.each([
    ["no", "2025-01-15T10:00:00Z"],
    ["yes", "2025-01-15T10:00:05Z"],
  ] as const)("updatedMoves %s: a line in the log leaves updated at %s", (updatedMoves, updated) => {
    const fixture = startMarketplace({ processingDelayMs: 5000, quirks: { updatedMoves } });
    fixture.call("POST", "/v4/boat", { ...boat, visible: false });
    fixture.settle();
    expect(fixture.call("GET", "/v4/ad/boat-1").body.updated).toBe(updated);
  });

  it.each([
    [0, "2025-01-15T10:00:00Z"],
    [3, "2025-01-15T10:00:00.123Z"],
    [6, "2025-01-15T10:00:00.123000Z"],
  ] as const)("logTimestampDigits %i", (logTimestampDigits, created) => {
    const fixture = startMarketplace({ queueDelayMs: 0, quirks: { logTimestampDigits } });
    fixture.wait(123);
    fixture.call("POST", "/v4/boat", boat);
    expect(fixture.call("GET", "/v4/ad/boat-1").body.log[0].created).toBe(created);
  });

  it("nullBooleans refused", () => {
    const fixture = startMarketplace({ quirks: { nullBooleans: "refused" } });
    const nulls = { visible: null, dont_publish_on_failed_images: null };
    expect(fixture.call("POST", "/v4/car", { ...car, ...nulls }).body).toEqual({
      visible: ["This field may not be null."],
      dont_publish_on_failed_images: ["This field may not be null."],
    });
  });

  it.each([
    ["accepted", 200, 2],
    ["refused", 400, 1],
    ["not-found", 404, 1],
  ] as const)("repeatedDelete %s answers %i", (repeatedDelete, status, deletions) => {
    const fixture = startMarketplace({ quirks: { repeatedDelete } });
    fixture.call("POST", "/v4/car", car);
    fixture.call("DELETE", "/v4/ad/car-1");
    fixture.settle();
    expect(fixture.call("DELETE", "/v4/ad/car-1").status).toBe(status);
    fixture.settle();
    expect(logOf(fixture, "car-1").filter((line) => line === "delete done")).toHaveLength(deletions);
  });

  it.each([
    ["typed", "car", 400],
    ["all", "car", 201],
    ["all", "boat", 201],
  ] as const)("priceTypes %s: a monthly price and one to call for of a %s answer %i", (priceTypes, type, status) => {
    const fixture = startMarketplace({ quirks: { priceTypes } });
    const price = [
      { type: "monthly", amount: 3000, currency: "SEK" },
      { type: "call", amount: 0, currency: "SEK" },
    ];
    expect(fixture.call("POST", `/v4/${type}`, { ...(type === "car" ? car : boat), price }).status).toBe(status);
  });

  it("requiredFields older needs body and price, and lets a change leave them out", () => {
    const fixture = startMarketplace({ quirks: { requiredFields: "older" } });
    const required = ["This field is required."];
    expect(fixture.call("POST", "/v4/boat", boat).body).toEqual({ body: required, price: required });
    expect(fixture.call("POST", "/v4/car", car).status).toBe(201);
    expect(fixture.call("PUT", "/v4/car/car-1", { url: null }).status).toBe(200);
  });

  it.each([
    ["refused", 400],
    ["accepted", 200],
  ] as const)("bumpInPolePosition %s answers %i", (bumpInPolePosition, status) => {
    const fixture = startMarketplace({ quirks: { bumpInPolePosition } });
    fixture.call("POST", "/v4/car", car);
    fixture.call("GET", "/v4/ad/car-1/pole_position");
    expect(fixture.call("GET", "/v4/ad/car-1/bump").status).toBe(status);
  });

  it.each(["update", "create"] as const)("migrateLog %s is the action of a migration", (migrateLog) => {
    const fixture = startMarketplace({ quirks: { migrateLog } });
    const document = { title: "Old", contact: boat.contact, category_fields: {} };
    fixture.marketplace.seedV3Ad({ dealerCode: "DEMO", sourceId: "old", categoryId: 1061, document });
    fixture.call("POST", "/v4/boat/old/migrate", document);
    fixture.settle();
    expect(logOf(fixture, "old")[4]).toBe(`${migrateLog} processing`);
  });
});

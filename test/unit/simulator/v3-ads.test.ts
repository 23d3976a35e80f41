import { describe, expect, it } from "vitest";
import { boat, car, type Fixture, logOf, startMarketplace } from "./marketplace-fixture.ts";

const category_fields = { model_year: 2020, registration_number: "ABC123", brand: "yamaha" };
const v3Document = { title: "Of old", body: "V3", contact: { email: "a@b.se" }, category_fields };

function startWith(categoryId: number, document = v3Document): Fixture {
  const fixture = startMarketplace();
  fixture.marketplace.seedV3Ad({ dealerCode: "DEMO", sourceId: "old", categoryId, document });
  return fixture;
}

const compatible = [
  [1020, "car"],
  [1021, "transport"],
  [1140, "motorcycle"],
  [1143, "atv"],
  [1180, "snowmobile"],
] as const;

const incompatible = [
  [1121, "moped", 1121],
  [1102, "camper", 1102],
  [1101, "caravan", 1101],
  [1045, "trailer", 1045],
  [1061, "boat", 1060],
  [1067, "boat", 1060],
  [1225, "agriculture-tools", 1229],
  [1226, "agriculture-tools", 1229],
  [1222, "agriculture-thresher", 1227],
  [1222, "agriculture-tractor", 1228],
  [1221, "bus", 1321],
  [1221, "truck", 1322],
  [1223, "construction", 1323],
] as const;

const isRegistered = (type: string) => ["moped", "camper", "caravan", "trailer"].includes(type);
const wholeDocument = (type: string) =>
  isRegistered(type) ? { body: "V4", category_fields } : { ...v3Document, title: "New", body: "V4" };

describe("ads of V3", () => {
  it.each([...compatible, ...incompatible.map(([categoryId, type]) => [categoryId, type] as const)])(
    "of category %i are listed, read and deleted as %s",
    (categoryId, type) => {
      const fixture = startWith(categoryId);
      for (const path of ["/v4/ad", `/v4/${type}`]) {
        const row = { source_id: "old", category_id: categoryId, api_version: "v3", title: "Of old" };
        expect(fixture.call("GET", path).body.results).toMatchObject([row]);
        expect(fixture.call("GET", `${path}/old`).body).toMatchObject({ ...row, blocket_ad_id: expect.any(String) });
      }
      expect(fixture.call("DELETE", `/v4/${type}/old`).status).toBe(200);
      fixture.settle();
      expect(fixture.call("GET", "/v4/ad/old").body.state).toBe("deleted");
    },
  );

  it.each(compatible)("of category %i become ads of V4 by an update as %s", (categoryId, type) => {
    const fixture = startWith(categoryId);
    const { body: before } = fixture.call("GET", "/v4/ad/old");
    expect(fixture.call("PATCH", `/v4/${type}/old`, { body: "now" })).toMatchObject({
      status: 200,
      body: { api_version: "v4", id: before.id, body: "now", title: "Yamaha 2020" },
    });
  });

  it.each(incompatible)("of category %i are not updated as %s before they are migrated", (categoryId, type) => {
    const fixture = startWith(categoryId);
    for (const method of ["PUT", "PATCH"]) {
      const { status, body } = fixture.call(method, `/v4/${type}/old`, { body: "now" });
      expect([status, body]).toEqual([400, [expect.stringContaining("/migrate")]]);
    }
    expect(fixture.call("GET", "/v4/ad/old").body).toMatchObject({ api_version: "v3", body: "V3" });
  });

  it.each(incompatible)("of category %i migrate to %s, category %i", (categoryId, type, target) => {
    const fixture = startWith(categoryId);
    const before = fixture.call("GET", "/v4/ad/old").body;
    const { status, body } = fixture.call("POST", `/v4/${type}/old/migrate`, wholeDocument(type));
    expect([status, body.category_id, body.api_version, body.body]).toEqual([200, target, "v4", "V4"]);
    fixture.settle();
    const after = fixture.call("GET", `/v4/${type}/old`).body;
    expect([after.id, after.source_id, after.blocket_ad_id]).toEqual([before.id, "old", before.blocket_ad_id]);
    expect(after.log.slice(0, before.log.length)).toEqual(before.log);
    expect(logOf(fixture, "old").slice(-2)).toEqual(["publish processing", "publish done"]);
    expect(fixture.call("PUT", `/v4/${type}/old`, { body: "later" }).status).toBe(200);
  });

  it("takes no category_id to migrate", () => {
    const { status, body } = startWith(1061).call("POST", "/v4/boat/old/migrate", { ...boat, category_id: 1060 });
    expect([status, body]).toEqual([400, { category_id: [expect.any(String)] }]);
  });

  it("takes a complete V4 payload to migrate", () => {
    const required = ["This field is required."];
    expect(startWith(1061).call("POST", "/v4/boat/old/migrate", {}).body).toEqual({
      title: required,
      contact: required,
      category_fields: required,
    });
    expect(startWith(1121).call("POST", "/v4/moped/old/migrate", { category_fields: {} }).body).toEqual({
      category_fields: { model_year: required, registration_number: required },
    });
  });

  it("takes no reduced price to migrate, which is a POST", () => {
    const price = [{ type: "reduced", amount: 1, currency: "SEK" }];
    const { source_id: _, category_id: __, ...payload } = boat;
    const { status, body } = startWith(1061).call("POST", "/v4/boat/old/migrate", { ...payload, price });
    expect([status, body]).toEqual([400, { price: [{ type: ['"reduced" is not a valid choice.'] }] }]);
  });

  it("refuses to migrate to a category that does not match, an ad of V4, and a deleted one", () => {
    const fixture = startWith(1061);
    expect(fixture.call("POST", "/v4/truck/old/migrate", wholeDocument("truck")).status).toBe(400);
    fixture.call("POST", "/v4/boat", boat);
    expect(fixture.call("POST", "/v4/boat/boat-1/migrate", wholeDocument("boat")).status).toBe(400);
    fixture.call("DELETE", "/v4/ad/old");
    expect(fixture.call("POST", "/v4/boat/old/migrate", wholeDocument("boat")).body).toEqual([
      "Ad has been deleted, cannot update",
    ]);
    expect(fixture.call("POST", "/v4/boat/nobody/migrate", wholeDocument("boat")).status).toBe(404);
  });

  it("keeps its source_id taken", () => {
    const fixture = startWith(1020);
    expect(fixture.call("POST", "/v4/car", { ...car, source_id: "old" }).status).toBe(400);
  });

  it("are not made in a category that leads nowhere", () => {
    const input = { dealerCode: "DEMO", sourceId: "x", categoryId: 6141, document: {} };
    expect(() => startMarketplace().marketplace.seedV3Ad(input)).toThrow("not a category that V4 knows");
  });
});

describe("an ad of Blocket Admin", () => {
  const adminAd = { dealerCode: "DEMO", registrationNumber: "abc123", blocketAdId: "77" };

  it("is taken over by the first POST with its plate, and not shown before", () => {
    const fixture = startMarketplace();
    fixture.marketplace.addAdminAd(adminAd);
    expect(fixture.call("GET", "/v4/ad").body.count).toBe(0);
    expect(fixture.call("POST", "/v4/car", car).body.blocket_ad_id).toBeNull();
    fixture.call("POST", "/v4/car", { ...car, source_id: "car-2" });
    fixture.settle();
    expect(fixture.call("GET", "/v4/ad/car-1").body.blocket_ad_id).toBe("77");
    expect(fixture.call("GET", "/v4/ad/car-2").body.blocket_ad_id).not.toBe("77");
  });

  it("of another dealer stays where it is", () => {
    const fixture = startMarketplace();
    fixture.marketplace.addAdminAd({ ...adminAd, dealerCode: "DEMO2" });
    fixture.call("POST", "/v4/car", car);
    fixture.settle();
    expect(fixture.call("GET", "/v4/ad/car-1").body.blocket_ad_id).not.toBe("77");
  });
});

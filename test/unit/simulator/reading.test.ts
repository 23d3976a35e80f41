import { describe, expect, it } from "vitest";
import { boat, car, type Fixture, solo, startMarketplace } from "./marketplace-fixture.ts";

/** Three cars and a boat of DEMO, a car of DEMO2 and one of SOLO, a second apart; the boat deleted. */
function startStock(settings = {}): Fixture {
  const fixture = startMarketplace(settings);
  for (const [index, source_id] of ["a", "b", "c"].entries()) {
    const registration_number = `ABC00${index}`;
    fixture.call("POST", "/v4/car", {
      ...car,
      source_id,
      category_fields: { ...car.category_fields, registration_number },
    });
    fixture.wait(1000);
  }
  fixture.call("POST", "/v4/boat", boat);
  fixture.wait(1000);
  fixture.call("POST", "/v4/car", { ...car, source_id: "other", dealer_code: "DEMO2", body: "Needle" });
  fixture.call("POST", "/v4/car", { ...car, source_id: "foreign", dealer_code: "SOLO" }, solo);
  fixture.call("DELETE", "/v4/ad/boat-1");
  fixture.settle();
  return fixture;
}

const idsOf = (body: { results: { source_id: string }[] }) => body.results.map((row) => row.source_id);

describe("the list of ads", () => {
  it.each([
    ["", ["a", "b", "c", "boat-1", "other"]],
    ["state=deleted", ["boat-1"]],
    ["state=created", ["a", "b", "c", "other"]],
    ["source_id=b", ["b"]],
    ["source_id__in=c,a,nobody,foreign,a", ["a", "c"]],
    ["source_id__icontains=BOAT", ["boat-1"]],
    ["dealer_code=DEMO2", ["other"]],
    ["category_id=1060", ["boat-1"]],
    ["category_id__in=1060,1021", ["boat-1"]],
    ["search=needle", ["other"]],
    ["search=nimbus", ["boat-1"]],
    ["registration_number=abc001", ["b"]],
    ["blocket_ad_id=1400000001", ["a"]],
    ["blocket_ad_id__in=1400000001,1400000002", ["a", "b"]],
    ["created__gt=2025-01-15 10:00:02", ["boat-1", "other"]],
    ["created__gte=2025-01-15+10:00:02&created__lt=2025-01-15%2010:00:03", ["c"]],
    ["updated__lte=2025-01-15 10:00:01", ["a", "b"]],
    ["ordering=-created", ["other", "boat-1", "c", "b", "a"]],
    ["ordering=source_id", ["a", "b", "boat-1", "c", "other"]],
    ["ordering=-source_id&limit=2", ["other", "c"]],
    ["limit=2&offset=1", ["b", "c"]],
    ["limit=0&source_id__in=a,b", ["a", "b"]],
    ["limit=none&offset=-1&ordering=price&unknown=1&state=", ["a", "b", "c", "boat-1", "other"]],
  ])("gives for ?%s %j", (query, ids) => {
    const { status, body } = startStock().call("GET", `/v4/ad?${query}`);
    expect([status, idsOf(body)]).toEqual([200, ids]);
  });

  it("finds a plate at registered vehicles alone", () => {
    const fixture = startStock();
    const category_fields = { ...boat.category_fields, registration_number: "ABC001" };
    fixture.call("POST", "/v4/boat", { ...boat, source_id: "plated", category_fields });
    expect(idsOf(fixture.call("GET", "/v4/ad?registration_number=ABC001").body)).toEqual(["b"]);
  });

  it("gives one type on a typed path", () => {
    const fixture = startStock();
    expect(idsOf(fixture.call("GET", "/v4/boat").body)).toEqual(["boat-1"]);
    expect(fixture.call("GET", "/v4/boat/a").status).toBe(404);
    expect(fixture.call("GET", "/v4/boat/boat-1").status).toBe(200);
  });

  it("leads from page to page by next and previous", () => {
    const fixture = startStock();
    const first = fixture.call("GET", "/v4/ad?limit=2&state=created", undefined, { host: "127.0.0.1:1" }).body;
    expect(first).toMatchObject({ count: 4, previous: null });
    expect(first.next).toBe("http://127.0.0.1:1/pro-import-api/v4/ad?limit=2&state=created&offset=2");
    const second = fixture.call("GET", "/v4/ad?limit=2&state=created&offset=2").body;
    expect(idsOf(second)).toEqual(["c", "other"]);
    expect(second.next).toBeNull();
    expect(second.previous).toBe("http://localhost/pro-import-api/v4/ad?limit=2&state=created");
  });

  it("keeps pages to the sizes that are set", () => {
    const fixture = startStock({ defaultPageSize: 2, maxPageSize: 3 });
    expect(idsOf(fixture.call("GET", "/v4/ad").body)).toHaveLength(2);
    expect(idsOf(fixture.call("GET", "/v4/ad?limit=100").body)).toHaveLength(3);
  });

  it("carries the log only when asked, and only the columns asked for", () => {
    const fixture = startStock();
    expect(fixture.call("GET", "/v4/ad").body.results[0]).not.toHaveProperty("log");
    const row = fixture.call("GET", "/v4/ad?include=log").body.results[0];
    expect(row.log).toEqual(fixture.call("GET", "/v4/ad/a").body.log);
    expect(row.log).toHaveLength(6);
    expect(fixture.call("GET", "/v4/ad?fields=source_id,state&limit=1").body.results).toEqual([
      { source_id: "a", state: "created" },
    ]);
    expect(Object.keys(fixture.call("GET", "/v4/ad/a?fields=id,log").body)).toEqual(["id", "log"]);
  });
});

describe("the log of an ad", () => {
  it("can be filtered, turned round and paged", () => {
    const fixture = startStock();
    const all = fixture.call("GET", "/v4/ad/a/log").body;
    expect(all.count).toBe(6);
    const get = (query: string) => fixture.call("GET", `/v4/ad/a/log?${query}`).body;
    expect(get("ordering=-created").results).toEqual([...all.results].reverse());
    expect(get("action=publish&state=done").results).toEqual([all.results[5]]);
    expect(get(`request_id=${all.results[0].request_id}`).count).toBe(6);
    expect(get("request_id=00000000-0000-4000-8000-000000000000").results).toEqual([]);
    expect(get("limit=2&offset=3").results).toEqual(all.results.slice(3, 5));
    expect(fixture.call("GET", "/v4/ad/a/log?action=sell").body).toHaveProperty("action");
    expect(fixture.call("GET", "/v4/ad/a/log?state=sold").status).toBe(400);
    expect(fixture.call("GET", "/v4/ad/nobody/log").status).toBe(404);
  });

  it("is cut to the last 100 lines in a row", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/boat", boat);
    for (let count = 0; count < 30; count += 1) fixture.call("PUT", "/v4/boat/boat-1", { body: String(count) });
    fixture.settle();
    const whole = fixture.call("GET", "/v4/ad/boat-1/log?limit=500").body;
    expect(whole.count).toBe(124);
    const { log } = fixture.call("GET", "/v4/ad/boat-1").body;
    expect(log).toEqual(whole.results.slice(-100));
  });
});

import { describe, expect, it } from "vitest";
import type { HttpOutcome } from "#shared/blocket/http-call.ts";
import { blocketValueLists } from "#shared/blocket/value-lists.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import { answer, scriptedHttpCall } from "#test/support/marketplace/scripted-http-call.ts";

const named = (...ids: string[]) => ids.map((id) => ({ id, name: id.toUpperCase() }));

/** A marketplace that answers as the pages say, and 404 to everything else. */
async function listFrom(pages: Record<string, HttpOutcome>, vehicleType: VehicleType = "car") {
  const { httpCall, requests } = scriptedHttpCall(({ path }) => pages[path] ?? answer(404, { detail: "Not found." }));
  const lists = blocketValueLists({ httpCall, tokens: async () => "jwt", now: () => 1_000, budgetMs: 40_000 });
  return { reply: await lists.list({ tokenId: "demo", vehicleType }), requests };
}

const cars = {
  "/v4/vehicles/car/attributes": answer(200, named("brand", "powertrain.fuel")),
  "/v4/vehicles/car/brand": answer(200, named("volvo", "land rover")),
  "/v4/vehicles/car/powertrain.fuel": answer(200, named("diesel")),
  "/v4/vehicles/car/models?brand=volvo": answer(200, named("v60")),
};

describe("the values of a vehicle type", () => {
  it("are asked for by attribute, and for cars the models by brand", async () => {
    const { reply, requests } = await listFrom(cars);
    expect(reply).toEqual({
      kind: "listed",
      attributes: { brand: named("volvo", "land rover"), "powertrain.fuel": named("diesel") },
      models: { volvo: named("v60") },
      notWhole: [],
    });
    expect(requests.map(({ method, path, deadline }) => `${method} ${path} ${deadline}`)).toEqual([
      "GET /v4/vehicles/car/attributes 41000",
      "GET /v4/vehicles/car/brand 41000",
      "GET /v4/vehicles/car/powertrain.fuel 41000",
      "GET /v4/vehicles/car/models?brand=volvo 41000",
      "GET /v4/vehicles/car/models?brand=land%20rover 41000",
    ]);
  });

  it("are not asked for by model for others than cars", async () => {
    const { requests } = await listFrom(
      {
        "/v4/vehicles/boat/attributes": answer(200, named("brand")),
        "/v4/vehicles/boat/brand": answer(200, named("x")),
      },
      "boat",
    );
    expect(requests).toHaveLength(2);
  });

  it("are unavailable where there are no attributes", async () => {
    expect((await listFrom({})).reply).toEqual({ kind: "unavailable" });
  });

  it.each<[string, object]>([
    ["says it counts more", { count: 2, next: null, previous: null }],
    ["leads to a next one", { next: "https://api.example/v4/vehicles/car/brand?cursor=abc", previous: null }],
    ["leads to a next one, whatever it counts", { count: 1, next: "…", previous: null }],
  ])("leave an attribute out whose page %s, and say so", async (_, envelope) => {
    const page = answer(200, { ...envelope, results: named("volvo") });
    const { reply, requests } = await listFrom({ ...cars, "/v4/vehicles/car/brand": page });
    expect(reply).toEqual({
      kind: "listed",
      attributes: { "powertrain.fuel": named("diesel") },
      models: {},
      notWhole: ["brand"],
    });
    expect(requests.map(({ path }) => path)).not.toContainEqual(expect.stringContaining("cursor"));
  });

  it("leave a brand's models out whose page is not the last", async () => {
    const page = answer(200, { next: "…", results: named("v60") });
    const { reply } = await listFrom({ ...cars, "/v4/vehicles/car/models?brand=volvo": page });
    expect(reply).toMatchObject({
      attributes: { brand: expect.anything() },
      models: {},
      notWhole: ["models of volvo"],
    });
  });

  it("are none where the attributes themselves are not listed to the end", async () => {
    const page = answer(200, { next: "…", results: named("brand") });
    const { reply } = await listFrom({ ...cars, "/v4/vehicles/car/attributes": page });
    expect(reply).toEqual({ kind: "listed", attributes: {}, models: {}, notWhole: ["attributes"] });
  });

  it.each<[string, HttpOutcome]>([
    ["something without ids", answer(200, [{ name: "Volvo" }])],
    ["a number for an id", answer(200, [{ id: 1, name: "Volvo" }])],
    ["HTML", answer(200, "<html>")],
    ["nothing", answer(404, {})],
  ])("leave an attribute out for which there is %s", async (_, page) => {
    const { reply } = await listFrom({ ...cars, "/v4/vehicles/car/brand": page });
    expect(reply).toEqual({
      kind: "listed",
      attributes: { "powertrain.fuel": named("diesel") },
      models: {},
      notWhole: [],
    });
  });

  it("are taken in an envelope, too, where it is complete", async () => {
    const page = answer(200, { count: 1, next: null, previous: null, results: [{ id: "audi" }] });
    const { reply } = await listFrom({ ...cars, "/v4/vehicles/car/brand": page });
    expect(reply).toMatchObject({ attributes: { brand: [{ id: "audi", name: "audi" }] } });
  });

  it.each<[string, HttpOutcome]>([
    ["HTTP 503", answer(503, "")],
    ["HTTP 429", answer(429, "")],
    ["HTTP 401", answer(401, {})],
    ["no answer", { kind: "lost", reason: "no answer" }],
  ])("fail as a whole on %s: a gap would let through what the last list refused", async (reason, outcome) => {
    const { reply } = await listFrom({ ...cars, "/v4/vehicles/car/models?brand=volvo": outcome });
    expect(reply).toEqual({ kind: "failed", reason });
  });

  it.each(["../ad/x/bump", "a/b", "brand?x=1", "", "..", "%2e%2e"])(
    "never go by an attribute named %j",
    async (name) => {
      const { requests } = await listFrom({
        "/v4/vehicles/car/attributes": answer(200, [{ id: name, name }, ...named("brand")]),
      });
      expect(requests.map(({ path }) => path)).not.toContainEqual(
        expect.stringContaining(name === "" ? "car//" : name),
      );
    },
  );
});

import { describe, expect, it } from "vitest";
import { vehicleTypeNames, vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { boat, car, logOf, startMarketplace } from "./marketplace-fixture.ts";

function documentOf(type: (typeof vehicleTypeNames)[number]) {
  const { categoryId, registered } = vehicleTypes[type];
  return { ...(registered ? car : boat), source_id: "x", category_id: categoryId };
}

describe("the typed endpoints", () => {
  it.each(vehicleTypeNames)("of %s create, list, read, replace, update, validate and delete", (type) => {
    const fixture = startMarketplace();
    const document = documentOf(type);
    expect(fixture.call("POST", `/v4/${type}/validate`, document).status).toBe(200);
    expect(fixture.call("GET", `/v4/${type}`).body.count).toBe(0);
    expect(fixture.call("POST", `/v4/${type}`, document).status).toBe(201);
    expect(fixture.call("GET", `/v4/${type}`).body.count).toBe(1);
    expect(fixture.call("PUT", `/v4/${type}/x`, { body: "1" }).body.body).toBe("1");
    expect(fixture.call("PATCH", `/v4/${type}/x`, { body: "2" }).body.body).toBe("2");
    expect(fixture.call("GET", `/v4/${type}/x`).body).toMatchObject({ body: "2", category_id: document.category_id });
    expect(fixture.call("GET", `/v4/${type}/x/bump`).status).toBe(200);
    expect(fixture.call("GET", `/v4/${type}/x/pole_position`).status).toBe(vehicleTypes[type].registered ? 200 : 400);
    expect(fixture.call("GET", `/v4/${type}/x/retry`).status).toBe(200);
    expect(fixture.call("POST", `/v4/${type}/x/migrate`, {}).status).toBe(400);
    expect(fixture.call("DELETE", `/v4/${type}/x`).status).toBe(200);
    expect(fixture.call("GET", `/v4/${type}/x/log`).status).toBe(404);
  });

  it("retry does the latest write once more, without a charge", () => {
    const fixture = startMarketplace({ publishOutcome: "error" });
    fixture.call("POST", "/v4/boat", boat);
    fixture.settle();
    fixture.marketplace.changeSettings({ publishOutcome: "done" });
    expect(fixture.call("GET", "/v4/ad/boat-1/retry").status).toBe(200);
    fixture.settle();
    expect(logOf(fixture, "boat-1").at(-1)).toBe("publish done");
    expect(fixture.marketplace.charges()).toEqual({ bump: 0, pole_position: 0 });
    expect(fixture.call("GET", "/v4/ad/nobody/retry").status).toBe(404);
  });
});

describe("the generic endpoints", () => {
  it.each([
    ["POST", "/v4/ad"],
    ["PUT", "/v4/ad/car-1"],
    ["PATCH", "/v4/ad/car-1"],
  ])("answer %s %s with 405 and what is allowed", (method, path) => {
    const { status, headers } = startMarketplace().call(method, path, car);
    expect(status).toBe(405);
    expect(headers.allow).toMatch(/^(DELETE, )?GET$/);
  });

  it("write under the quirk genericWrites present, the type by category_id", () => {
    const fixture = startMarketplace({ quirks: { genericWrites: "present" } });
    expect(fixture.call("POST", "/v4/ad", { ...car, category_id: "1020" }).status).toBe(201);
    expect(fixture.call("POST", "/v4/ad", boat).body).toMatchObject({ category_id: 1060 });
    expect(fixture.call("PUT", "/v4/ad/car-1", { body: "1" }).body.body).toBe("1");
    expect(fixture.call("PATCH", "/v4/ad/boat-1", { title: "" }).status).toBe(400);
    const category = (category_id: unknown) => fixture.call("POST", "/v4/ad", { ...car, category_id }).body;
    expect(category(undefined)).toEqual({ category_id: ["This field is required."] });
    expect(category(6141)).toEqual({ category_id: ['"6141" is not a valid choice.'] });
    const document = { title: "Old", contact: boat.contact, category_fields: {} };
    fixture.marketplace.seedV3Ad({ dealerCode: "DEMO", sourceId: "old", categoryId: 1061, document });
    expect(fixture.call("POST", "/v4/ad/old/migrate", document).body).toMatchObject({ category_id: 1060 });
  });
});

describe("the lists of values", () => {
  it("name the attributes of a type as the documents do", () => {
    const { status, body, headers } = startMarketplace().call("GET", "/v4/vehicles/car/attributes");
    expect([status, headers["x-simulator-values"]]).toEqual([200, "samples"]);
    const documented = [
      { id: "body_type", name: "Body Type" },
      { id: "brand", name: "Brand" },
      { id: "powertrain.fuel", name: "Powertrain Fuel" },
    ];
    expect(body.slice(0, 3)).toEqual(documented);
  });

  it.each(vehicleTypeNames)("have values for each attribute of %s", (type) => {
    const fixture = startMarketplace();
    const attributes = fixture.call("GET", `/v4/vehicles/${type}/attributes`).body;
    for (const { id } of attributes) {
      const { body } = fixture.call("GET", `/v4/vehicles/${type}/${id}`);
      expect(body).toContainEqual({ id: expect.any(String), name: expect.any(String) });
    }
  });

  it("give the brands of the documents' example", () => {
    const { body } = startMarketplace().call("GET", "/v4/vehicles/car/brand");
    expect(body.slice(0, 2)).toEqual([
      { id: "volvo", name: "Volvo" },
      { id: "bmw", name: "BMW" },
    ]);
  });

  it("give the models of a car's brand", () => {
    const fixture = startMarketplace();
    expect(fixture.call("GET", "/v4/vehicles/car/models?brand=volvo").body).toContainEqual({ id: "v60", name: "V60" });
    expect(fixture.call("GET", "/v4/vehicles/car/models").body).toEqual({ brand: ["This field is required."] });
    expect(fixture.call("GET", "/v4/vehicles/car/models?brand=constructor").status).toBe(400);
  });

  it.each([
    ["GET", "/v4/vehicles", 404],
    ["GET", "/v4/vehicles/plane/attributes", 404],
    ["GET", "/v4/vehicles/constructor/brand", 404],
    ["GET", "/v4/vehicles/car/constructor", 404],
    ["GET", "/v4/vehicles/boat/models?brand=nimbus", 404],
    ["POST", "/v4/vehicles/car/brand", 405],
  ])("answer %s %s with %i", (method, path, status) => {
    expect(startMarketplace().call(method, path).status).toBe(status);
  });

  it("need a token", () => {
    const { status } = startMarketplace().call("GET", "/v4/vehicles/car/brand", undefined, { "x-auth-token": "" });
    expect(status).toBe(401);
  });
});

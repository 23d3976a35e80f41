import { describe, expect, it } from "vitest";
import { boat, car, solo, startMarketplace } from "./marketplace-fixture.ts";

const required = ["This field is required."];
const fields = car.category_fields;

const refusedOnPost: [what: string, type: string, body: unknown, errors: unknown][] = [
  ["a title of a car", "car", { ...car, title: "x" }, { title: ["This field must not be sent for this category."] }],
  ["a null title of a car", "car", { ...car, title: null }, { title: expect.any(Array) }],
  ["a contact of a car", "car", { ...car, contact: boat.contact }, { contact: expect.any(Array) }],
  ["no title of a boat", "boat", { ...boat, title: undefined }, { title: required }],
  ["a null title of a boat", "boat", { ...boat, title: null }, { title: ["This field may not be null."] }],
  ["no contact of a boat", "boat", { ...boat, contact: undefined }, { contact: required }],
  ["no e-mail in a contact", "boat", { ...boat, contact: { name: "A" } }, { contact: { email: required } }],
  ["a bad e-mail", "boat", { ...boat, contact: { email: "a@b" } }, { contact: { email: expect.any(Array) } }],
  [
    "a short phone",
    "boat",
    { ...boat, contact: { email: "a@b.se", phone: "+460700" } },
    { contact: { phone: expect.any(Array) } },
  ],
  [
    "a phone with spaces",
    "boat",
    { ...boat, contact: { email: "a@b.se", phone: "070 000 00 00" } },
    { contact: { phone: expect.any(Array) } },
  ],
  ["no source_id", "car", { ...car, source_id: undefined }, { source_id: required }],
  ["a blank source_id", "car", { ...car, source_id: " " }, { source_id: ["This field may not be blank."] }],
  ["no dealer_code with a group token", "car", { ...car, dealer_code: undefined }, { dealer_code: required }],
  ["another type's category_id", "car", { ...car, category_id: 1060 }, { category_id: expect.any(Array) }],
  ["an object as category_id", "car", { ...car, category_id: { toString: 1 } }, { category_id: expect.any(Array) }],
  ["no category_fields", "car", { ...car, category_fields: undefined }, { category_fields: required }],
  [
    "null category_fields",
    "car",
    { ...car, category_fields: null },
    { category_fields: ["This field may not be null."] },
  ],
  [
    "a list as category_fields",
    "car",
    { ...car, category_fields: [] },
    { category_fields: { non_field_errors: expect.any(Array) } },
  ],
  [
    "no model_year",
    "car",
    { ...car, category_fields: { ...fields, model_year: undefined } },
    { category_fields: { model_year: required } },
  ],
  [
    "a model_year as text",
    "car",
    { ...car, category_fields: { ...fields, model_year: "2019" } },
    { category_fields: { model_year: ["A valid integer is required."] } },
  ],
  [
    "a model_year of 1899",
    "car",
    { ...car, category_fields: { ...fields, model_year: 1899 } },
    { category_fields: { model_year: expect.any(Array) } },
  ],
  [
    "neither plate nor vin",
    "car",
    { ...car, category_fields: { model_year: 2019 } },
    { category_fields: { registration_number: required } },
  ],
  [
    "a long plate",
    "car",
    { ...car, category_fields: { ...fields, registration_number: "ABC1234" } },
    { category_fields: { registration_number: expect.any(Array) } },
  ],
  [
    "a short vin",
    "car",
    { ...car, category_fields: { ...fields, vin: "123" } },
    { category_fields: { vin: expect.any(Array) } },
  ],
  [
    "free text as brand",
    "car",
    { ...car, category_fields: { ...fields, brand: "Volvo Cars" } },
    { category_fields: { brand: ['"Volvo Cars" is not a valid choice.'] } },
  ],
  [
    "free text as model of a car",
    "car",
    { ...car, category_fields: { ...fields, model: "V 60" } },
    { category_fields: { model: ['"V 60" is not a valid choice.'] } },
  ],
  [
    "a brand that only the marketplace refuses",
    "car",
    { ...car, category_fields: { ...fields, brand: "trabant" } },
    { category_fields: { brand: ['"trabant" is not a valid choice.'] } },
  ],
  [
    "an unknown fuel",
    "car",
    { ...car, category_fields: { ...fields, powertrain: { fuels: ["gasoline", "steam"] } } },
    { category_fields: { powertrain: { fuels: { 1: ['"steam" is not a valid choice.'] } } } },
  ],
  [
    "a flat mileage in condition",
    "car",
    { ...car, category_fields: { ...fields, condition: { mileage: 9 } } },
    { category_fields: { condition: { mileage: { non_field_errors: expect.any(Array) } } } },
  ],
  [
    "a reduced price",
    "car",
    { ...car, price: [car.price[0], { type: "reduced", amount: 1 }] },
    { price: [{}, { type: ['"reduced" is not a valid choice.'] }] },
  ],
  [
    "leasing of a boat",
    "boat",
    { ...boat, price: [{ type: "leasing", amount: 1 }] },
    { price: [{ type: ['"leasing" is not a valid choice.'] }] },
  ],
  ["a price without an amount", "car", { ...car, price: [{ type: "list" }] }, { price: [{ amount: required }] }],
  [
    "half a krona",
    "car",
    { ...car, price: [{ type: "list", amount: 0.5 }] },
    { price: [{ amount: ["A valid integer is required."] }] },
  ],
  [
    "a currency but SEK",
    "car",
    { ...car, price: [{ type: "list", amount: 1, currency: "EUR" }] },
    { price: [{ currency: expect.any(Array) }] },
  ],
  [
    "lkf of a car",
    "car",
    { ...car, location: { lkf: "0380" } },
    { location: { lkf: ["Not supported for registered vehicles."] } },
  ],
  ["lkf of five digits", "boat", { ...boat, location: { lkf: "03800" } }, { location: { lkf: expect.any(Array) } }],
  ["half a coordinate", "car", { ...car, location: { latitude: 59.5 } }, { location: { longitude: required } }],
  [
    "a zip code with a space",
    "car",
    { ...car, location: { zipcode: "121 33" } },
    { location: { zipcode: expect.any(Array) } },
  ],
  [
    "an image over http",
    "car",
    { ...car, image_urls: ["https://a.example/1.jpg", "http://a.example/2.jpg"] },
    { image_urls: { 1: ["Enter a valid URL."] } },
  ],
  [
    "39 images",
    "car",
    { ...car, image_urls: Array(39).fill("https://a.example/1.jpg") },
    { image_urls: ["Ensure this field has no more than 38 elements."] },
  ],
  ["visible as text", "car", { ...car, visible: "yes" }, { visible: ["Must be a valid boolean."] }],
  ["a number as body", "car", { ...car, body: 1 }, { body: ["Not a valid string."] }],
  ["a url that is none", "car", { ...car, url: "example" }, { url: ["Enter a valid URL."] }],
  [
    "coordinates off the globe",
    "car",
    { ...car, location: { latitude: 91, longitude: "-181" } },
    { location: { latitude: expect.any(Array), longitude: expect.any(Array) } },
  ],
];

const accepted: [what: string, type: string, body: unknown][] = [
  ["a car", "car", car],
  ["a vin in place of a plate", "car", { ...car, category_fields: { model_year: 2019, vin: "YV1ZW25UCF1234567" } }],
  ["unknown keys, above and in category_fields", "car", { ...car, x: 1, category_fields: { ...fields, y: { z: 1 } } }],
  [
    "free text as model of a moped",
    "moped",
    { ...car, category_id: 1121, category_fields: { ...fields, model: "Aerox 4" } },
  ],
  ["leasing of a car", "car", { ...car, price: [{ type: "leasing", amount: 4000, months: 36 }] }],
  [
    "a mileage of 0",
    "car",
    { ...car, category_fields: { ...fields, condition: { mileage: { unit: "mil", value: 0 } } } },
  ],
  [
    "nulls on the way to a field",
    "car",
    { ...car, category_fields: { ...fields, condition: { mileage: null }, powertrain: null } },
  ],
  ["coordinates as text", "car", { ...car, location: { latitude: "59.5", longitude: "16.7" } }],
  ["lkf of a boat", "boat", { ...boat, location: { lkf: "038004" } }],
  ["nulls", "boat", { ...boat, body: null, price: null, image_urls: null, location: null, visible: null }],
  ["fields of a truck that are not public", "truck", { ...boat, category_id: 1322, category_fields: { axles: "6x4" } }],
];

describe("validation", () => {
  it.each(refusedOnPost)("refuses %s", (_what, type, body, errors) => {
    const fixture = startMarketplace();
    expect(fixture.call("POST", `/v4/${type}`, body)).toMatchObject({ status: 400, body: errors });
    expect(fixture.call("POST", `/v4/${type}`, body).body).toEqual(errors);
    expect(fixture.call("POST", `/v4/${type}/validate`, body)).toMatchObject({ status: 400, body: errors });
    expect(fixture.marketplace.ads()).toEqual([]);
  });

  it.each(accepted)("takes %s", (_what, type, body) => {
    const fixture = startMarketplace();
    expect(fixture.call("POST", `/v4/${type}/validate`, body).status).toBe(200);
    expect(fixture.marketplace.ads()).toEqual([]);
    expect(fixture.call("POST", `/v4/${type}`, body).status).toBe(201);
    fixture.settle();
    expect(fixture.marketplace.ads()[0]?.isLive).toBe(true);
  });

  it("names all errors at once", () => {
    const { body } = startMarketplace().call("POST", "/v4/boat", {});
    expect(body).toEqual({
      source_id: required,
      dealer_code: required,
      category_id: required,
      title: required,
      contact: required,
      category_fields: required,
    });
  });

  it("does not let a plate change, or vanish", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    const error = { category_fields: { registration_number: ["This field cannot be changed after creation."] } };
    for (const registration_number of ["DEF456", null]) {
      const { status, body } = fixture.call("PUT", "/v4/car/car-1", { category_fields: { registration_number } });
      expect([status, body]).toEqual([400, error]);
    }
    expect(fixture.call("PUT", "/v4/car/car-1", { category_fields: fields }).status).toBe(200);
  });

  it("takes a reduced price on PUT and PATCH", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    for (const method of ["PUT", "PATCH"]) {
      expect(fixture.call(method, "/v4/car/car-1", { price: [{ type: "reduced", amount: 1 }] }).status).toBe(200);
    }
  });

  it("changes nothing by a refused update", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/boat", boat);
    fixture.settle();
    expect(fixture.call("PUT", "/v4/boat/boat-1", { body: "x", location: { latitude: 1 } }).status).toBe(400);
    expect(fixture.call("PUT", "/v4/boat/boat-1", { title: null }).status).toBe(400);
    expect(fixture.call("PUT", "/v4/boat/boat-1", { contact: { email: null } }).status).toBe(400);
    expect(fixture.call("GET", "/v4/ad/boat-1").body).toMatchObject({ body: null, title: boat.title });
    expect(fixture.marketplace.hasPendingJobs()).toBe(false);
  });

  it("refuses the brands that are set", () => {
    const fixture = startMarketplace({ refusedBrands: ["nimbus"] });
    const { body } = fixture.call("POST", "/v4/boat", boat);
    expect(body).toEqual({
      category_fields: { brand: ['"nimbus" is not a valid choice.'] },
    });
  });
});

describe("tokens", () => {
  it.each([
    ["no token", "", 401, "Authentication credentials were not provided."],
    ["an unknown one", "nobody", 401, "Invalid token: Not enough segments"],
    ["the name of a built-in", "constructor", 401, "Invalid token: Not enough segments"],
    ["a revoked one", "sandbox-token", 401, "Invalid token: Signature has expired"],
  ])("refuses %s", (_what, token, status, detail) => {
    const fixture = startMarketplace({ revokedTokens: ["sandbox-token"] });
    expect(fixture.call("GET", "/v4/ad", undefined, { "x-auth-token": token })).toMatchObject({
      status,
      body: { detail },
    });
  });

  it("infers the dealer of a dealer_code token and refuses another", () => {
    const fixture = startMarketplace();
    const inferred = fixture.call("POST", "/v4/car", { ...car, dealer_code: undefined }, solo);
    expect(inferred).toMatchObject({ status: 201, body: { dealer_code: "SOLO" } });
    const detail = "You do not have permission to perform this action.";
    expect(fixture.call("POST", "/v4/car", { ...car, source_id: "2" }, solo)).toMatchObject({
      status: 403,
      body: { detail },
    });
    const outside = { ...car, dealer_code: "SOLO", source_id: "2" };
    expect(fixture.call("POST", "/v4/car", outside)).toMatchObject({ status: 403, body: { detail } });
  });

  it("hides the ads of other dealers", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", { ...car, dealer_code: "SOLO" }, solo);
    const calls = [
      ["GET", "/v4/ad/car-1"],
      ["GET", "/v4/ad/car-1/log"],
      ["GET", "/v4/ad/car-1/bump"],
      ["PUT", "/v4/car/car-1"],
      ["PATCH", "/v4/car/car-1"],
      ["DELETE", "/v4/ad/car-1"],
    ] as const;
    for (const [method, target] of calls) {
      expect(fixture.call(method, target)).toMatchObject({ status: 404, body: { detail: "Not found." } });
    }
    expect(fixture.call("GET", "/v4/ad").body.results).toEqual([]);
    expect(fixture.call("GET", "/v4/ad?source_id=car-1&dealer_code=SOLO").body.results).toEqual([]);
    expect(fixture.call("GET", "/v4/ad", undefined, solo).body.count).toBe(1);
  });

  it("lets two dealers hold one source_id; the path means the one updated last, the list shows both", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    fixture.wait(1000);
    expect(fixture.call("POST", "/v4/car", { ...car, dealer_code: "DEMO2" }).status).toBe(201);
    expect(fixture.call("GET", "/v4/ad/car-1").body.dealer_code).toBe("DEMO2");
    const list = fixture.call("GET", "/v4/ad?source_id__in=car-1").body.results;
    expect(list.map((row: { dealer_code: string }) => row.dealer_code)).toEqual(["DEMO", "DEMO2"]);
  });
});

describe("requests that make no sense", () => {
  it.each([
    ["GET", "/", 404],
    ["GET", "", 404],
    ["GET", "/v4", 404],
    ["GET", "/v4/plane", 404],
    ["GET", "/v3/car", 404],
    ["GET", "x/v4/car", 404],
    ["GET", "/v4/car/", 200],
    ["GET", "/v4/constructor", 404],
    ["POST", "/v4/%zz", 404],
    ["GET", "/v4/ad/%zz", 404],
    ["GET", "/v4/ad//log", 404],
    ["GET", "/v4/ad/x/constructor", 404],
    ["GET", "/v4/ad/x/log/y", 404],
    ["GET", "*", 404],
    ["POST", "/v4/ad", 405],
    ["PUT", "/v4/ad/x", 405],
    ["PATCH", "/v4/car", 405],
    ["POST", "/v4/ad/x/bump", 405],
    ["HEAD", "/v4/car", 405],
    ["constructor", "/v4/car", 405],
    ["GET", "/v4/ad?state=sold", 400],
    ["GET", "/v4/ad?created__gt=yesterday", 400],
    ["GET", "/v4/ad?category_id=car", 400],
  ])("answers %s %s with %i", (method, target, status) => {
    const answer = startMarketplace().call(method, target);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual(expect.any(Object));
  });

  it.each([
    ["text", "text/plain", "{}", 415],
    ["no content type", "", "{}", 415],
    ["no JSON", "application/json", "{", 400],
    ["a list", "application/json; charset=utf-8", "[]", 400],
    ["null", "application/json", "null", 400],
    ["length", "application/json", " ".repeat(2 * 1024 * 1024 + 1), 413],
  ])("refuses a body of %s", (_what, contentType, body, status) => {
    const answer = startMarketplace().call("POST", "/v4/car", body, { "content-type": contentType });
    expect(answer.status).toBe(status);
    expect(answer.body).not.toEqual({});
  });

  it("refuses a body that nests too deeply", () => {
    const fixture = startMarketplace();
    const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
    const text = (levels: number) =>
      JSON.stringify({ ...boat, category_fields: { x: 1 } }).replace('"x":1', `"x":${deep(levels)}`);
    const detail = "JSON parse error - nested too deeply";
    for (const levels of [39, 100_000]) {
      expect(fixture.call("POST", "/v4/boat", text(levels))).toMatchObject({ status: 400, body: { detail } });
    }
    expect(fixture.call("POST", "/v4/boat", text(38)).status).toBe(201);
  });

  it("keeps __proto__ out of what it stores", () => {
    const fixture = startMarketplace();
    const text = JSON.stringify({ ...car, category_fields: { ...fields, x: 1 } }).replace(
      '"x":1',
      '"__proto__":{"y":1}',
    );
    expect(fixture.call("POST", "/v4/car", text).status).toBe(201);
    expect(fixture.call("GET", "/v4/ad/car-1").body.category_fields).toEqual(fields);
  });

  it("takes a source_id with any character, percent-encoded in the path", () => {
    const fixture = startMarketplace();
    const source_id = "a/b ?å%#\ud800";
    fixture.call("POST", "/v4/car", { ...car, source_id: "a/b ?å%#" });
    fixture.call("POST", "/v4/boat", { ...boat, source_id });
    expect(fixture.call("GET", `/v4/ad/${encodeURIComponent("a/b ?å%#")}`).body.source_id).toBe("a/b ?å%#");
    expect(fixture.call("GET", "/v4/boat").body.results).toHaveLength(1);
  });
});

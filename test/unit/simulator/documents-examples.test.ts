import { describe, expect, it } from "vitest";
import type { Tokens } from "#local/simulator/tokens.ts";
import { boat, car, startMarketplace } from "./marketplace-fixture.ts";

/** The bodies of the implementation guide's curl commands, as they stand. */
const guideMoped = `{
"source_id": "moped-001",
"dealer_code": "YOUR_DEALER_CODE",
"category_id": "1121",
"body": "Excellent condition Yamaha Aerox moped, well maintained",
"price": [{
"type": "list",
"amount": 35000,
"currency": "SEK"
}],
"visible": true,
"location": {
"longitude": 18.0686,
"latitude": 59.3293
},
"category_fields": {
"body_type": "moped",
"brand": "yamaha",
"model": "aerox",
"model_year": 2020,
"registration_number": "ABC123",
"condition": {
"mileage": {
"unit": "km",
"value": 5000
},
"is_new_vehicle": false
},
"powertrain": {
"transmission": "automatic",
"fuels": ["gasoline"]
}
}
}`;

const guideCamper = `{
"source_id": "camper-001",
"dealer_code": "YOUR_DEALER_CODE",
"category_id": "1102",
"body": "Spacious Mercedes camper with 4 beds and full kitchen",
"price": [{
"type": "list",
"amount": 450000,
"currency": "SEK"
}],
"visible": true,
"location": {
"longitude": 18.0686,
"latitude": 59.3293
},
"category_fields": {
"body_type": "integrated",
"brand": "mercedes-benz",
"model": "sprinter",
"model_year": 2019,
"registration_number": "DEF456",
"condition": {
"mileage": {
"unit": "km",
"value": 50000
}
},
"physics": {
"gross_weight": {
"unit": "kg",
"value": 3500
},
"length": {
"unit": "m",
"value": 7.5
},
"number_of_beds": 4
},
"powertrain": {
"transmission": "manual",
"fuels": ["diesel"]
}
}
}`;

const guidePatch = `{
"price": [{
"type": "reduced",
"amount": 32000,
"currency": "SEK"
}]
}`;

const guideImages = `{
"image_urls": [
"https://example.com/image1.jpg",
"https://example.com/image2.jpg"
]
}`;

const guideVideo = `{
"video_url": "https://www.youtube.com/watch?v=VIDEO_ID"
}`;

const tokens: Tokens = { YOUR_TOKEN: { scope: "dealer_group", dealerCodes: ["YOUR_DEALER_CODE"] } };
const guideHeaders = { "x-auth-token": "YOUR_TOKEN" };

function startAsGuide() {
  return startMarketplace({ quirks: { genericWrites: "present" } }, { tokens });
}

describe("the examples of the implementation guide", () => {
  it.each([
    ["moped", guideMoped, "Yamaha Aerox 2020"],
    ["camper", guideCamper, "Mercedes-Benz Sprinter 2019"],
  ])("the %s is created by POST /v4/ad under genericWrites, and published", (type, text, title) => {
    const fixture = startAsGuide();
    const { status, body } = fixture.call("POST", "/v4/ad", text, guideHeaders);
    expect([status, body.title]).toEqual([201, title]);
    fixture.settle();
    const read = fixture.call("GET", `/v4/${type}/${type}-001`, undefined, guideHeaders).body;
    expect(read).toMatchObject({
      blocket_ad_id: expect.any(String),
      category_fields: JSON.parse(text).category_fields,
    });
  });

  it("the moped and the camper are created at their typed paths without a quirk", () => {
    const fixture = startMarketplace({}, { tokens });
    expect(fixture.call("POST", "/v4/moped", guideMoped, guideHeaders).status).toBe(201);
    expect(fixture.call("POST", "/v4/camper", guideCamper, guideHeaders).status).toBe(201);
  });

  it("the PATCH of a reduced price, the images and the video are taken", () => {
    const fixture = startAsGuide();
    fixture.call("POST", "/v4/ad", guideMoped, guideHeaders);
    for (const text of [guidePatch, guideImages, guideVideo]) {
      const { status, body } = fixture.call("PATCH", "/v4/ad/moped-001", text, guideHeaders);
      expect([status, body]).toEqual([200, expect.any(Object)]);
    }
    fixture.settle();
    const { body } = fixture.call("GET", "/v4/ad/moped-001", undefined, guideHeaders);
    expect(body.price).toEqual(JSON.parse(guidePatch).price);
    expect(body.image_refs.map(({ url }: { url: string }) => url)).toEqual(JSON.parse(guideImages).image_urls);
  });

  it("the missing brand is answered under requiredFields older", () => {
    const fixture = startMarketplace({ quirks: { requiredFields: "older" } });
    const { brand: _brand, ...fields } = car.category_fields;
    const { status, body } = fixture.call("POST", "/v4/car", { ...car, category_fields: fields });
    expect([status, body]).toEqual([400, { category_fields: { brand: ["This field is required."] } }]);
  });

  it("the duplicate is answered with 409 under duplicateStatus 409", () => {
    const fixture = startMarketplace({ quirks: { duplicateStatus: 409 } });
    fixture.call("POST", "/v4/car", car);
    const { status, body } = fixture.call("POST", "/v4/car", car);
    expect([status, body]).toEqual([409, { source_id: ["Ad with this source_id already exists."] }]);
  });

  it("the missing token and the missing ad are answered", () => {
    const { call } = startMarketplace();
    const missing = call("GET", "/v4/ad", undefined, { "x-auth-token": "" });
    expect([missing.status, missing.body]).toEqual([401, { detail: "Authentication credentials were not provided." }]);
    const { status, body } = call("GET", "/v4/ad/nobody");
    expect([status, body]).toEqual([404, { detail: "Not found." }]);
  });
});

describe("the examples of the typed endpoints", () => {
  it.each([
    ["price", '[{"type": "list", "amount": 7000, "currency": "SEK"}]'],
    ["location", '{"latitude": 59.53485752244251, "longitude": 16.71093897174057}'],
    ["contact", '{"name": "Sir Henry Williamsworth III", "phone": "0700000000", "email": "email@example.com"}'],
  ])("the %s is taken and echoed", (name, text) => {
    const value = JSON.parse(text);
    const { status, body } = startMarketplace().call("POST", "/v4/boat", { ...boat, [name]: value });
    expect([status, body[name]]).toEqual([201, value]);
  });

  it("the image_urls are taken in their order", () => {
    const image_urls = ["https://cdn.example.com/image1.jpg", "https://cdn.example.com/image2.jpg"];
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/boat", { ...boat, image_urls });
    fixture.settle();
    const { image_refs } = fixture.call("GET", "/v4/ad/boat-1").body;
    expect(image_refs.map(({ url }: { url: string }) => url)).toEqual(image_urls);
  });

  it("the missing title and contact are answered", () => {
    const { title: _title, contact: _contact, ...bare } = boat;
    const { status, body } = startMarketplace().call("POST", "/v4/boat", bare);
    const required = ["This field is required."];
    expect([status, body]).toEqual([400, { title: required, contact: required }]);
  });

  it("the missing plate and the invalid brand are answered", () => {
    const category_fields = { brand: "invalid_brand", model_year: 2020 };
    const { status, body } = startMarketplace().call("POST", "/v4/car", { ...car, category_fields });
    const brand = ['"invalid_brand" is not a valid choice.'];
    const registration_number = ["This field is required."];
    expect([status, body]).toEqual([400, { category_fields: { registration_number, brand } }]);
  });

  it("the update of a deleted ad is answered with a bare array", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    fixture.call("DELETE", "/v4/ad/car-1");
    fixture.settle();
    const { status, body } = fixture.call("PUT", "/v4/car/car-1", { body: "x" });
    expect([status, body]).toEqual([400, ["Ad has been deleted, cannot update"]]);
  });

  it("the invalid token is answered", () => {
    const { status, body } = startMarketplace().call("GET", "/v4/ad", undefined, { "x-auth-token": "nonsense" });
    expect([status, body]).toEqual([401, { detail: expect.stringMatching(/^Invalid token: ./) }]);
  });

  it.each([
    "/v4/ad?state=deleted",
    "/v4/boat?state=created&ordering=-created&limit=10",
    "/v4/ad?source_id__in=uuid-1,uuid-2,uuid-3&include=log",
    "/v4/car?created__gte=2025-01-01 00:00:00&ordering=-created",
  ])("the request GET %s is answered", (target) => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", { ...car, source_id: "uuid-2" });
    expect(fixture.call("GET", target).status).toBe(200);
  });
});

describe("the examples of the client documentation", () => {
  it.each([
    ["price", '[ {"type": "list", "amount": 7000} ]'],
    ["location", '{ "latitude": 59.53485752244251, "longitude": 16.71093897174057 }'],
    ["location", '{ "lkf": "0680" }'],
    ["location", '{ "zipcode": "12133" }'],
  ])("the %s %s is taken and echoed", (name, text) => {
    const value = JSON.parse(text);
    const { status, body } = startMarketplace().call("POST", "/v4/boat", { ...boat, [name]: value });
    expect([status, body[name]]).toEqual([201, value]);
  });

  it("the image_urls over http are taken under imageProtocol http-too alone", () => {
    const image_urls = JSON.parse(
      '[ "http://www.somewhere.com/my_image_1.jpg", "http://www.somewhere.com/my_image_2.jpg" ]',
    );
    const post = (quirks: object) => startMarketplace({ quirks }).call("POST", "/v4/boat", { ...boat, image_urls });
    expect(post({ imageProtocol: "http-too" }).status).toBe(201);
    expect(post({}).body).toEqual({ image_urls: { 0: ["Enter a valid URL."], 1: ["Enter a valid URL."] } });
  });

  it("the contact, which lacks a comma, is no JSON", () => {
    const contact = '{ "name": "Sir Henry Williamsworth III" "phone": "0700000000", "email": "email@example.com" }';
    const { status, body } = startMarketplace().call("POST", "/v4/boat", `{"contact": ${contact}}`);
    expect([status, body]).toEqual([400, { detail: expect.stringMatching(/^JSON parse error/) }]);
  });
});

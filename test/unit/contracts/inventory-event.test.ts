import { describe, expect, it } from "vitest";
import { checkFields } from "#shared/contracts/field-error.ts";
import { cloudEventSchema, inventoryDataSchemas } from "#shared/contracts/inventory-event.ts";
import { vehicleTypeNames, vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import {
  boatDocument,
  carDocument,
  carEvent,
  changed,
  removedEvent,
  upsertedBoat,
  upsertedCar,
} from "./inventory-samples.ts";

function faults(type: keyof typeof inventoryDataSchemas, data: unknown): string[] {
  const checked = checkFields<unknown>(inventoryDataSchemas[type], data, ["data"]);
  return checked.ok ? [] : checked.errors.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe("an upserted item", () => {
  it.each(vehicleTypeNames)("is accepted as a %s", (vehicleType) => {
    const ad = vehicleTypes[vehicleType].registered ? carDocument : boatDocument;
    expect(faults("inventory.item.upserted", { dealerCode: "DEMO", itemId: "1", vehicleType, ad })).toEqual([]);
  });

  it("keeps what it does not know inside category_fields", () => {
    const data = changed(upsertedCar, ["ad", "category_fields", "new_in_v5"], { deep: [1] });
    const checked = checkFields(inventoryDataSchemas["inventory.item.upserted"], data);
    expect(checked.ok && checked.value).toEqual(data);
  });

  it.each([
    [["dealerCode"], undefined, "/data/dealerCode required"],
    [["dealerCode"], "AB 1", "/data/dealerCode invalid-format"],
    [["dealerCode"], "x".repeat(65), "/data/dealerCode invalid-format"],
    [["itemId"], undefined, "/data/itemId required"],
    [["itemId"], 17, "/data/itemId invalid-type"],
    [["itemId"], "", "/data/itemId too-small"],
    [["itemId"], "x".repeat(201), "/data/itemId too-big"],
    [["vehicleType"], undefined, "/data/vehicleType required"],
    [["vehicleType"], "cars", "/data/vehicleType invalid-value"],
    [["vehicleType"], "constructor", "/data/vehicleType invalid-value"],
    [["colour"], "red", "/data/colour unknown-field"],
    [["ad"], undefined, "/data/ad required"],
    [["ad"], "a car", "/data/ad invalid-type"],
    [["ad", "source_id"], "mine", "/data/ad/source_id unknown-field"],
    [["ad", "title"], "Volvo", "/data/ad/title not-for-this-type"],
    [["ad", "a/b~c"], 1, "/data/ad/a~1b~0c unknown-field"],
    [["ad", "visible"], "yes", "/data/ad/visible invalid-type"],
    [["ad", "price", 0, "amount"], 10.5, "/data/ad/price/0/amount invalid-type"],
    [["ad", "price", 0, "amount"], -1, "/data/ad/price/0/amount too-small"],
    [["ad", "price", 0, "type"], "monthly", "/data/ad/price/0/type invalid-value"],
    [["ad", "price", 0, "currency"], "EUR", "/data/ad/price/0/currency invalid-value"],
    [["ad", "image_urls", 1], "http://x.example/1.jpg", "/data/ad/image_urls/1 not-https"],
    [["ad", "url"], "dealer", "/data/ad/url invalid-format"],
    [["ad", "location", "longitude"], undefined, "/data/ad/location incomplete-coordinates"],
    [["ad", "location", "zipcode"], "111 57", "/data/ad/location/zipcode invalid-format"],
    [["ad", "category_fields"], undefined, "/data/ad/category_fields required"],
    [["ad", "category_fields", "model_year"], undefined, "/data/ad/category_fields/model_year required"],
    [["ad", "category_fields", "model_year"], 1899, "/data/ad/category_fields/model_year too-small"],
    [["ad", "category_fields", "registration_number"], undefined, "/data/ad/category_fields no-plate-or-vin"],
    [
      ["ad", "category_fields", "registration_number"],
      "ABC1234",
      "/data/ad/category_fields/registration_number too-big",
    ],
    [["ad", "category_fields", "vin"], "SHORT", "/data/ad/category_fields/vin too-small"],
  ])("with %j = %j is refused", (path, value, fault) => {
    expect(faults("inventory.item.upserted", changed<unknown>(upsertedCar, path, value))).toEqual([fault]);
  });

  it.each([
    [["ad", "title"], undefined, "/data/ad/title required"],
    [["ad", "contact"], undefined, "/data/ad/contact required"],
    [["ad", "contact", "email"], "kim", "/data/ad/contact/email invalid-format"],
    [["ad", "contact", "phone"], "070-123 45 67", "/data/ad/contact/phone invalid-format"],
  ])("of an unregistered type with %j = %j is refused", (path, value, fault) => {
    expect(faults("inventory.item.upserted", changed<unknown>(upsertedBoat, path, value))).toEqual([fault]);
  });

  it.each<[object, object, string[]]>([
    [upsertedCar, { type: "monthly", amount: 2.5, vat: 1 }, ["type invalid-value", "amount invalid-type"]],
    [upsertedCar, { amount: -1, currency: "EUR" }, ["type required", "amount too-small", "currency invalid-value"]],
    [upsertedCar, { type: "monthly" }, ["type invalid-value"]],
    [upsertedCar, { type: "list", amount: 2.5, vat: 1 }, ["amount invalid-type", "vat unknown-field"]],
    [upsertedBoat, { type: "leasing", vat: 1 }, ["type invalid-value", "amount required", "vat unknown-field"]],
    [upsertedBoat, { type: "monthly", amount: 2.5 }, ["type invalid-value", "amount invalid-type"]],
  ])("is told all that is wrong with a price: %#", (sample, price, expected) => {
    const data = changed<unknown>(sample, ["ad", "price"], [price]);
    expect(faults("inventory.item.upserted", data)).toEqual(expected.map((fault) => `/data/ad/price/0/${fault}`));
  });

  it("is told of a price of no known type in the same words as of any other", () => {
    const messagesOf = (type: string) => {
      const data = changed<unknown>(upsertedCar, ["ad", "price"], [{ type, amount: 2.5, currency: "EUR" }]);
      const checked = checkFields(inventoryDataSchemas["inventory.item.upserted"], data);
      return checked.ok ? [] : checked.errors.filter(({ pointer }) => !pointer.endsWith("/type"));
    };
    expect(messagesOf("list")).toHaveLength(2);
    expect(messagesOf("monthly")).toEqual(messagesOf("list"));
  });

  it.each([null, 7, "x", [[]]])("that is %j is refused", (data) => {
    expect(faults("inventory.item.upserted", data)).toEqual(["/data invalid-type"]);
  });
});

describe("the other events", () => {
  const item = { dealerCode: "DEMO", itemId: "1" };
  it.each([
    ["inventory.item.removed", { ...item, reason: "sold" }, []],
    ["inventory.item.removed", { ...item, reason: "withdrawn" }, []],
    ["inventory.item.removed", item, ["/data/reason required"]],
    ["inventory.item.removed", { ...item, reason: "stolen" }, ["/data/reason invalid-value"]],
    ["inventory.item.bump-requested", item, []],
    ["inventory.item.bump-requested", { ...item, times: 2 }, ["/data/times unknown-field"]],
    ["inventory.item.pole-position-requested", item, []],
    ["inventory.item.pole-position-requested", { dealerCode: "DEMO" }, ["/data/itemId required"]],
  ] as const)("%s with %j: %j", (type, data, expected) => {
    expect(faults(type, data)).toEqual(expected);
  });
});

describe("the CloudEvents envelope", () => {
  it("passes extension attributes unread", () => {
    expect(checkFields(cloudEventSchema, carEvent)).toEqual({ ok: true, value: carEvent });
    expect(checkFields(cloudEventSchema, removedEvent).ok).toBe(true);
  });

  it.each([
    ["specversion", "0.3", "invalid-value"],
    ["specversion", undefined, "required"],
    ["id", undefined, "required"],
    ["id", "", "too-small"],
    ["id", "x".repeat(201), "too-big"],
    ["source", undefined, "required"],
    ["type", undefined, "required"],
    ["time", "yesterday", "invalid-format"],
    ["time", "2026-11-21T08:30:00", "invalid-format"],
    ["sequence", 17, "invalid-type"],
  ])("with %s = %j is refused", (name, value, code) => {
    const checked = checkFields(cloudEventSchema, changed<unknown>(carEvent, [name], value));
    expect(checked).toMatchObject({ ok: false, errors: [{ pointer: `/${name}`, code }] });
  });
});

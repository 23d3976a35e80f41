import { describe, expect, it } from "vitest";
import { findWarnings } from "#shared/contracts/document-warnings.ts";
import type { ListingDocument } from "#shared/contracts/listing-document.ts";
import { carDocument, changed } from "./inventory-samples.ts";

const warnings = (path: string[], value: unknown) =>
  findWarnings("car", changed<unknown>(carDocument, path, value) as ListingDocument).map(
    ({ pointer, code, message }) => `${pointer.replace("/data/ad/", "")} ${code}: ${message}`,
  );
const mileage = "category_fields/condition/mileage";
const noValue = "has no value: buyers who filter by it do not find the ad.";

describe("the warnings of a document", () => {
  it.each<[unknown, string[]]>([
    [{ unit: "km", value: 4200 }, []],
    [{ unit: "km", value: 0 }, []],
    [{ unit: "km" }, [`${mileage} missing-field: condition.mileage ${noValue}`]],
    [{ unit: "km", value: null }, [`${mileage} missing-field: condition.mileage ${noValue}`]],
    [{}, [`${mileage} missing-field: condition.mileage ${noValue}`]],
    [{ value: 42 }, [`${mileage} missing-unit: condition.mileage has no unit, so its number may be read wrongly.`]],
    [null, [`${mileage} missing-field: condition.mileage is missing: buyers who filter by it do not find the ad.`]],
  ])("with the mileage %j: %j", (value, expected) => {
    expect(warnings(["category_fields", "condition", "mileage"], value)).toEqual(expected);
  });

  it.each<[string[], string[]]>([
    [["list"], []],
    [["list", "leasing"], []],
    [
      ["list", "list", "leasing", "list"],
      ["price/1 several-prices", "price/3 several-prices"],
    ],
    [["leasing", "leasing"], ["price/1 several-prices"]],
  ])("with prices of the types %j: %j", (types, expected) => {
    const price = types.map((type, place) => ({ type, amount: 1_000 + place }));
    expect(warnings(["price"], price).map((warning) => warning.replace(/:.*/, ""))).toEqual(expected);
  });

  it("excuse a new vehicle from its mileage, and no other measure", () => {
    expect(warnings(["category_fields", "condition"], { is_new_vehicle: true, mileage: { unit: "km" } })).toEqual([]);
    expect(warnings(["category_fields", "physics"], { length: { unit: "m" } })).toEqual([
      `category_fields/physics/length missing-field: physics.length ${noValue}`,
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { findUnknownValues, indexValues, type VehicleValues } from "#shared/contracts/known-values.ts";

const day = 24 * 60 * 60_000;
const values: VehicleValues = {
  vehicleType: "car",
  fetchedAt: 0,
  attributes: {
    brand: [
      { id: "volvo", name: "Volvo" },
      { id: "mercedes-benz", name: "Mercedes-Benz" },
      { id: "citroen", name: "Citroën" },
    ],
    body_type: [],
    model: [{ id: "v60", name: "V60" }],
    model_year: [{ id: "2020", name: "2020" }],
    "powertrain.fuel": [{ id: "diesel", name: "Diesel" }],
  },
  models: { volvo: [{ id: "v60", name: "V60" }], "mercedes-benz": [] },
};
const known = indexValues([values]);

const faults = (fields: Record<string, unknown>, now = day, vehicleType: "car" | "boat" = "car") =>
  findUnknownValues(known, { vehicleType, fields }, now);

describe("values that the marketplace has not", () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ["a right brand", { brand: "volvo" }, []],
    [
      "a brand that isn't listed",
      { brand: "saab" },
      ["/brand brand is not one of the values that Blocket has for it."],
    ],
    [
      "a brand by its name",
      { brand: "Mercedes Benz" },
      ['/brand brand must be "mercedes-benz", which is Blocket\'s word for Mercedes-Benz.'],
    ],
    [
      "a brand without its accent",
      { brand: "CITROËN" },
      ['/brand brand must be "citroen", which is Blocket\'s word for Citroën.'],
    ],
    ["an attribute without values", { body_type: "anything" }, []],
    ["an attribute that isn't listed", { color: "mauve" }, []],
    ["a model of its brand", { brand: "volvo", model: "v60" }, []],
    [
      "a model of another brand",
      { brand: "volvo", model: "a4" },
      ["/model model is not one of the values that Blocket has for it."],
    ],
    ["a model of a brand without models", { brand: "mercedes-benz", model: "a4" }, []],
    [
      "a fuel, in the list that documents have",
      { powertrain: { fuels: ["diesel", "steam"] } },
      ["/powertrain/fuels/1 powertrain.fuels is not one of the values that Blocket has for it."],
    ],
    ["what is not text", { brand: 5, model_year: 1999, powertrain: { fuels: [7, null] } }, []],
    [
      "a name like a method's",
      { brand: "constructor" },
      ["/brand brand is not one of the values that Blocket has for it."],
    ],
  ])("%s", (_, fields, expected) => {
    const found = faults(fields);
    expect(
      found.map(({ pointer, message }) => `${pointer.replace("/data/ad/category_fields", "")} ${message}`),
    ).toEqual(expected);
    expect(found.every(({ code }) => code === "unknown-value")).toBe(true);
  });

  it("are let through for a type that nothing is known of", () => {
    expect(faults({ brand: "saab" }, day, "boat")).toEqual([]);
  });

  it("are let through once the lists are a week old", () => {
    expect(faults({ brand: "saab" }, 7 * day)).toHaveLength(1);
    expect(faults({ brand: "saab" }, 7 * day + 1)).toEqual([]);
  });

  it.each(["constructor", "toString", "__proto__", "__proto__.constructor", "powertrain.toString"])(
    "know an attribute named %s like any other",
    (attribute) => {
      const attributes = { [attribute]: [{ id: "a", name: "A" }], brand: [{ id: "volvo", name: "Volvo" }] };
      const odd = indexValues([{ vehicleType: "car", fetchedAt: 0, attributes, models: {} }]);
      const find = (fields: Record<string, unknown>) => findUnknownValues(odd, { vehicleType: "car", fields }, day);
      expect(find({ powertrain: {} })).toEqual([]);
      expect(find({ powertrain: {}, brand: "saab" })).toHaveLength(1);
    },
  );

  it("are found where a document has them, under a name like a method's, too", () => {
    const attributes = { constructor: [{ id: "a", name: "A" }] };
    const odd = indexValues([{ vehicleType: "car", fetchedAt: 0, attributes, models: {} }]);
    const found = findUnknownValues(odd, { vehicleType: "car", fields: { constructor: "b" } }, day);
    expect(found).toMatchObject([{ pointer: "/data/ad/category_fields/constructor" }]);
  });
});

import { describe, expect, it } from "vitest";
import { vehicleTypeNames } from "#shared/contracts/vehicle-types.ts";
import { judge } from "#tools/contract/judge.ts";
import { breakRule, readExample } from "#tools/contract/published-examples.ts";
import { errorExamples, type RuleExample, warningExamples } from "#tools/contract/rule-examples.ts";

/** Every rule for the example of every type that it is for. */
const titled = (examples: RuleExample[]) =>
  examples.flatMap((example) =>
    example.types.map((vehicleType) => {
      const { path, value } = example;
      return [`a ${vehicleType} with ${path} = ${JSON.stringify(value)?.slice(0, 60)}`, vehicleType, example] as const;
    }),
  );

const faults = (found: { pointer: string; code: string }[]) => found.map(({ pointer, code }) => `${pointer} ${code}`);

describe("the published example of", () => {
  it.each(vehicleTypeNames)("a %s has nothing wrong with it", (vehicleType) => {
    expect(judge(readExample(vehicleType))).toEqual({ errors: [], warnings: [] });
  });
});

describe("an error, and no other fault, is", () => {
  it.each(titled(errorExamples))("%s", (_, vehicleType, example) => {
    const { errors, warnings } = judge(breakRule(example, vehicleType));
    expect(faults(errors)).toEqual([`${example.pointer} ${example.code}`]);
    expect(warnings).toEqual([]);
  });
});

describe("a warning, and no other fault, is", () => {
  it.each(titled(warningExamples))("%s", (_, vehicleType, example) => {
    const { errors, warnings } = judge(breakRule(example, vehicleType));
    expect(errors).toEqual([]);
    expect(faults(warnings)).toEqual([`${example.pointer} ${example.code}`]);
  });
});

describe("all faults", () => {
  it("are told at once, also of rules that look at several fields", () => {
    const event = readExample("car");
    const { ad } = event.data as { ad: Record<string, unknown> };
    Object.assign(ad, {
      title: "Volvo",
      visible: "yes",
      price: [{ type: "list" }, { type: "x" }],
      location: { latitude: "x" },
    });
    ad.category_fields = { model_year: "2020", vin: null, equipments: [1] };
    expect(faults(judge(event).errors).toSorted()).toEqual(
      [
        "/data/ad/visible invalid-type",
        "/data/ad/title not-for-this-type",
        "/data/ad/price/0/amount required",
        "/data/ad/price/1/type invalid-value",
        "/data/ad/location/latitude invalid-format",
        "/data/ad/location incomplete-coordinates",
        "/data/ad/category_fields/model_year invalid-type",
        "/data/ad/category_fields/equipments/0 invalid-type",
        "/data/ad/category_fields no-plate-or-vin",
      ].toSorted(),
    );
  });

  it("are told of a document whose vehicle type is none, as far as they mean the same for all", () => {
    const event = readExample("car");
    Object.assign(event.data as object, { vehicleType: "lorry" });
    const { ad } = event.data as { ad: object };
    Object.assign(ad, { body: 5, price: [{ type: "list", amount: "1" }], source_id: "1", mileage: 5 });
    Object.assign(ad, { title: 7, contact: "of some types only" });
    expect(faults(judge(event).errors)).toEqual([
      "/data/vehicleType invalid-value",
      "/data/ad/body invalid-type",
      "/data/ad/price/0/amount invalid-type",
      "/data/ad/source_id unknown-field",
      "/data/ad/mileage unknown-field",
    ]);
  });

  it("have words that quote nothing of the document but its unknown keys", () => {
    const secret = "0701234567";
    for (const example of errorExamples.filter(({ value }) => typeof value === "string")) {
      const { errors } = judge(breakRule({ ...example, value: secret.repeat(30) }));
      expect(JSON.stringify(errors)).not.toContain(secret);
    }
  });
});

import { type FieldError, toPointer } from "./field-error.ts";
import type { VehicleType } from "./vehicle-types.ts";

type Fields = Record<string, unknown>;

const identity = ["brand", "model", "body_type"];
const driven = [...identity, "condition.mileage"];
const engined = [...driven, "powertrain.transmission", "powertrain.fuels"];

/**
 * The fields that buyers filter by, or that every example of the type has. Nothing says that an ad without them is
 * refused. Sources: implementation guide, "common fields" and examples; typed-endpoints document, "category_fields".
 */
const expectedFields: Record<VehicleType, readonly string[]> = {
  car: engined,
  transport: driven,
  motorcycle: driven,
  moped: engined,
  snowmobile: driven,
  atv: driven,
  camper: engined,
  caravan: identity,
  trailer: identity,
  boat: ["brand", "model_year"],
  "agriculture-thresher": [],
  "agriculture-tractor": [],
  "agriculture-tools": [],
  bus: [],
  truck: [],
  construction: [],
};

/** Where the API has what is often sent flat. Source: typed-endpoints document, "category_fields", and the guide's examples. */
const rightPlaces: Record<string, string> = {
  mileage: "condition.mileage",
  is_new_vehicle: "condition.is_new_vehicle",
  fuel: "powertrain.fuels",
  fuels: "powertrain.fuels",
  transmission: "powertrain.transmission",
  gearbox: "powertrain.transmission",
  power: "powertrain.power",
  gross_weight: "physics.gross_weight",
  length: "physics.length",
  number_of_beds: "physics.number_of_beds",
};

const measures = ["condition.mileage", "powertrain.power", "physics.gross_weight", "physics.length"];

/** What of a valid document's `category_fields` is missing or out of place. Of types that are not public nothing is said. */
export function findFieldWarnings(vehicleType: VehicleType, fields: Fields): FieldError[] {
  const expected = expectedFields[vehicleType];
  if (expected.length === 0) {
    return [];
  }
  const misplaced = Object.keys(rightPlaces).filter((name) => !isEmpty(fields[name]) && isNowhere(fields, name));
  const missing = expected.filter((name) => isEmpty(read(fields, name)) && !isExcused(fields, name));
  const withoutValue = measures.filter((name) => isWithoutValue(read(fields, name)) && !isExcused(fields, name));
  const withoutUnit = measures.filter((name) => isWithoutUnit(read(fields, name)));
  return [
    ...missing.map((name) => at(name, "missing-field", `${name} is missing${notFound}`)),
    ...withoutValue.map((name) => at(name, "missing-field", `${name} has no value${notFound}`)),
    ...misplaced.map((name) =>
      at(name, "misplaced-field", `"${name}" belongs in ${rightPlaces[name]}; here it is not used.`),
    ),
    ...withoutUnit.map((name) => at(name, "missing-unit", `${name} has no unit, so its number may be read wrongly.`)),
  ];
}

const notFound = ": buyers who filter by it do not find the ad.";

function at(name: string, code: string, message: string): FieldError {
  return { pointer: toPointer(["data", "ad", "category_fields", ...name.split(".")]), code, message };
}

function read(fields: Fields, name: string): unknown {
  return name
    .split(".")
    .reduce<unknown>(
      (value, key) => (typeof value === "object" && value !== null ? (value as Fields)[key] : undefined),
      fields,
    );
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function isNowhere(fields: Fields, name: string): boolean {
  const value = read(fields, rightPlaces[name] ?? "");
  return isEmpty(value) || isWithoutValue(value);
}

/** A new vehicle has no mileage to tell. */
function isExcused(fields: Fields, name: string): boolean {
  return name === "condition.mileage" && read(fields, "condition.is_new_vehicle") === true;
}

function isWithoutValue(measure: unknown): boolean {
  return isMeasure(measure) && isEmpty(measure.value);
}

function isWithoutUnit(measure: unknown): boolean {
  return isMeasure(measure) && !isEmpty(measure.value) && isEmpty(measure.unit);
}

function isMeasure(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { isJsonObject, type Json, type JsonObject } from "#local/simulator/json.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import { amount, boolean, choice, dictionary, listOf, pattern, text, whole } from "./checks.ts";
import { addError, type Check, type FieldErrors, notAChoice, required } from "./field-errors.ts";

/** Free text is refused where the API has lists of slugs, which are not public: what looks like a slug passes. */
const slug: Check = (value) =>
  typeof value === "string" && /^[\p{Ll}\p{N}]+([_-][\p{Ll}\p{N}]+)*$/u.test(value) ? null : [notAChoice(value)];

const fuels = choice("gasoline", "diesel", "electric", "ethanol", "natural_gas", "hybrid");

/** The fields of registered vehicles that are public, by path. All others pass untouched. */
const registeredFields: Record<string, Check> = {
  body_type: slug,
  brand: slug,
  model: text(100),
  model_type: text(200),
  model_year: whole(1900, 2100),
  in_traffic_date: pattern(/^\d{4}-\d\d-\d\d$/, "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."),
  registration_number: text(6, 1),
  vin: text(19, 17),
  color: text(100),
  is_vat_deductible: boolean,
  registration_number_hidden: boolean,
  equipments: listOf(text(200)),
  "condition.mileage.unit": choice("km", "mil"),
  "condition.mileage.value": amount,
  "condition.is_new_vehicle": boolean,
  "powertrain.transmission": choice("manual", "automatic", "sequential"),
  "powertrain.fuels": listOf(fuels),
  "powertrain.power.unit": choice("hp", "kw"),
  "powertrain.power.value": amount,
  "physics.gross_weight.unit": choice("kg"),
  "physics.gross_weight.value": amount,
  "physics.length.unit": choice("m"),
  "physics.length.value": amount,
  "physics.number_of_beds": whole(0, 100),
};

/** The value at a path, with the part of the path where an object was expected and something else was found. */
function readPath(fields: JsonObject, path: readonly string[]): { value: Json | undefined; brokenAt: number | null } {
  let value: Json | undefined = fields;
  for (const [index, name] of path.entries()) {
    if (value === undefined || value === null) return { value: undefined, brokenAt: null };
    if (!isJsonObject(value)) return { value, brokenAt: index };
    value = Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return { value, brokenAt: null };
}

function checkField(fields: JsonObject, name: string, check: Check, errors: FieldErrors): void {
  const path = name.split(".");
  const { value, brokenAt } = readPath(fields, path);
  if (value === undefined || value === null) return;
  const error = brokenAt === null ? check(value) : dictionary(value);
  if (error !== null) addError(errors, path.slice(0, brokenAt ?? path.length), error);
}

/** The fields that were sent: their forms, and the brands of the setting `refusedBrands`. */
export function checkCategoryFields(
  value: Json,
  {
    vehicleType,
    isRegistered,
    refusedBrands,
  }: { vehicleType: VehicleType; isRegistered: boolean; refusedBrands: readonly string[] },
): Json | null {
  if (!isJsonObject(value)) return dictionary(value);
  const errors: FieldErrors = {};
  if (isRegistered) {
    for (const [name, check] of Object.entries(registeredFields)) checkField(value, name, check, errors);
    if (vehicleType === "car") checkField(value, "model", slug, errors);
  }
  const { brand } = value;
  if (typeof brand === "string" && refusedBrands.includes(brand.toLowerCase())) errors.brand = [notAChoice(brand)];
  return Object.keys(errors).length === 0 ? null : errors;
}

/** What a registered vehicle must have in the end, and the plate that it must keep. */
export function checkVehicleIdentity(fields: JsonObject, before: JsonObject | null): FieldErrors {
  const errors: FieldErrors = {};
  if (fields.model_year === undefined) errors.model_year = [required];
  if (before === null) {
    if (fields.registration_number === undefined && fields.vin === undefined) errors.registration_number = [required];
  } else if (before.registration_number !== undefined && fields.registration_number !== before.registration_number) {
    errors.registration_number = ["This field cannot be changed after creation."];
  }
  return errors;
}

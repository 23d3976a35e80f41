import { z } from "zod";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import { measure, pattern, slug, text, whole } from "./field-forms.ts";

/** The fuels of the typed endpoints, and `hybrid` of the implementation guide. */
export const fuels = ["gasoline", "diesel", "electric", "ethanol", "natural_gas", "hybrid"] as const;
export const transmissions = ["manual", "automatic", "sequential"] as const;

const condition = z.looseObject({
  mileage: measure("km", "mil").nullish(),
  is_new_vehicle: z.boolean().nullish(),
});

const powertrain = z.looseObject({
  transmission: z.enum(transmissions).nullish(),
  fuels: z.array(z.enum(fuels)).nullish(),
  power: measure("hp", "kw").nullish(),
});

const physics = z.looseObject({
  gross_weight: measure("kg").nullish(),
  length: measure("m").nullish(),
  number_of_beds: whole(0, 100).nullish(),
});

/** The fields of registered vehicles that are public. Whatever else is sent passes untouched. */
function registeredFields(vehicleType: VehicleType): Record<string, z.ZodType> {
  const date = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.";
  return {
    body_type: slug,
    brand: slug,
    model: vehicleType === "car" ? slug : text(100),
    model_type: text(200),
    model_year: whole(1900, 2100),
    in_traffic_date: pattern(/^\d{4}-\d\d-\d\d$/, date),
    registration_number: text(6, 1),
    vin: text(19, 17),
    color: text(100),
    is_vat_deductible: z.boolean(),
    registration_number_hidden: z.boolean(),
    equipments: z.array(text(200)),
    condition,
    powertrain,
    physics,
  };
}

const built = new Map<string, z.ZodType>();

/** Of a registered vehicle; `needed` are the fields that may be neither missing nor null. Made once for each form. */
export function registeredCategoryFields(vehicleType: VehicleType, needed: readonly string[]): z.ZodType {
  const key = [vehicleType === "car", ...needed].join(" ");
  const known = built.get(key);
  if (known !== undefined) return known;
  const fields = Object.entries(registeredFields(vehicleType));
  const schema = z.looseObject(
    Object.fromEntries(fields.map(([name, field]) => [name, needed.includes(name) ? field : field.nullish()])),
  );
  built.set(key, schema);
  return schema;
}

/** Of an unregistered vehicle, whose fields are not public: anything passes. */
export const openCategoryFields: z.ZodType = z.looseObject({});

import { fuels, transmissions } from "#local/simulator/schema/category-fields.ts";
import { type VehicleType, vehicleTypes } from "#shared/contracts/vehicle-types.ts";

/** A value or an attribute as the API lists it. */
export interface NamedValue {
  id: string;
  name: string;
}

function nameSlugs(...slugs: readonly string[]): NamedValue[] {
  const capitalise = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return slugs.map((id) => ({ id, name: id.split(/[-_]/).map(capitalise).join(" ") }));
}

const volvoAndBmw: NamedValue[] = [
  { id: "volvo", name: "Volvo" },
  { id: "bmw", name: "BMW" },
];

const brands: Partial<Record<VehicleType, NamedValue[]>> = {
  car: volvoAndBmw,
  motorcycle: [{ id: "bmw", name: "BMW" }, ...nameSlugs("yamaha", "honda")],
  moped: nameSlugs("yamaha", "piaggio"),
  camper: nameSlugs("mercedes-benz", "hymer"),
  caravan: nameSlugs("kabe", "hobby"),
  boat: nameSlugs("nimbus", "ryds"),
};

const bodyTypes: Partial<Record<VehicleType, NamedValue[]>> = {
  car: nameSlugs("sedan", "estate", "suv"),
  moped: nameSlugs("moped"),
  camper: nameSlugs("integrated", "semi-integrated", "alcove"),
};

const attributeNames: Record<string, string> = {
  body_type: "Body Type",
  brand: "Brand",
  "powertrain.fuel": "Powertrain Fuel",
  "powertrain.transmission": "Powertrain Transmission",
};

/**
 * The listed values of each attribute of a type, in the order of the attributes. SAMPLES: the marketplace's own lists
 * are not public. Writes are not checked against them.
 */
export function sampleValues(vehicleType: VehicleType): Record<string, NamedValue[]> {
  const listed = {
    ...(bodyTypes[vehicleType] && { body_type: bodyTypes[vehicleType] }),
    brand: brands[vehicleType] ?? nameSlugs("sample-brand", "other"),
  };
  if (!vehicleTypes[vehicleType].registered || vehicleType === "caravan" || vehicleType === "trailer") return listed;
  return {
    ...listed,
    "powertrain.fuel": nameSlugs(...fuels),
    "powertrain.transmission": nameSlugs(...transmissions),
  };
}

export function sampleAttributes(vehicleType: VehicleType): NamedValue[] {
  return Object.keys(sampleValues(vehicleType)).map((id) => ({ id, name: attributeNames[id] ?? id }));
}

/** Models of cars by brand; samples too. */
export const sampleModels: Record<string, NamedValue[]> = {
  volvo: [
    { id: "v60", name: "V60" },
    { id: "xc60", name: "XC60" },
  ],
  bmw: [{ id: "320", name: "320" }],
};

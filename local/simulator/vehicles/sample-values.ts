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

/** Of Saab no models are listed, so that what is wrong with one is the marketplace's to say. */
const carBrands: NamedValue[] = [
  { id: "volvo", name: "Volvo" },
  { id: "bmw", name: "BMW" },
  { id: "saab", name: "Saab" },
];

/** With those of the samples and the published examples, so that a bridge that has read them takes these. */
const brands: Record<VehicleType, NamedValue[]> = {
  car: carBrands,
  transport: nameSlugs("volkswagen"),
  motorcycle: [{ id: "bmw", name: "BMW" }, ...nameSlugs("yamaha", "honda")],
  moped: nameSlugs("yamaha", "piaggio"),
  snowmobile: nameSlugs("lynx"),
  atv: nameSlugs("polaris"),
  camper: nameSlugs("mercedes-benz", "hymer"),
  caravan: nameSlugs("kabe", "hobby"),
  trailer: nameSlugs("brenderup"),
  boat: nameSlugs("nimbus", "ryds"),
  "agriculture-thresher": nameSlugs("claas"),
  "agriculture-tractor": nameSlugs("valtra"),
  "agriculture-tools": nameSlugs("vaderstad"),
  bus: nameSlugs("volvo"),
  truck: nameSlugs("scania"),
  construction: nameSlugs("volvo"),
};

const bodyTypes: Partial<Record<VehicleType, NamedValue[]>> = {
  car: nameSlugs("sedan", "estate", "wagon", "suv"),
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
    brand: brands[vehicleType],
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
  saab: [],
};

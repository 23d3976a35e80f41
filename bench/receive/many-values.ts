import type { VehicleValues } from "#shared/contracts/known-values.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";

const named = (id: string) => ({ id, name: id.toUpperCase() });
const many = (name: string, count: number) => Array.from({ length: count }, (_, n) => named(`${name}-${n}`));

/** As many values as a marketplace may list: 100 brands with 40 models each, and the short lists. */
export function manyValues(vehicleType: VehicleType, fetchedAt: number): VehicleValues {
  const brands = [named("volvo"), ...many("brand", 99)];
  return {
    vehicleType,
    fetchedAt,
    attributes: {
      brand: brands,
      body_type: [named("wagon"), ...many("body", 9)],
      color: [named("blue"), ...many("color", 15)],
      "powertrain.fuel": ["gasoline", "diesel", "electric", "ethanol", "natural_gas"].map(named),
      "powertrain.transmission": ["manual", "automatic", "sequential"].map(named),
    },
    models: Object.fromEntries(brands.map(({ id }) => [id, [named("v60"), ...many("model", 39)]])),
  };
}

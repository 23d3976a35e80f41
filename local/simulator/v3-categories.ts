import type { QuirkValues } from "#local/simulator/quirks.ts";
import type { StoredAd } from "#local/simulator/state.ts";
import { type VehicleType, vehicleTypes } from "#shared/contracts/vehicle-types.ts";

/**
 * The V3 categories of vehicles, with the V4 types that their ads may become. Typed endpoints, "Migrating V3 ads to
 * V4"; 1122 and 1224 stand in its table of categories but lead nowhere in V4.
 */
const v3Categories: Record<number, { types: readonly VehicleType[]; isCompatible: boolean }> = {
  1020: { types: ["car"], isCompatible: true },
  1021: { types: ["transport"], isCompatible: true },
  1140: { types: ["motorcycle"], isCompatible: true },
  1143: { types: ["atv"], isCompatible: true },
  1180: { types: ["snowmobile"], isCompatible: true },
  1121: { types: ["moped"], isCompatible: false },
  1102: { types: ["camper"], isCompatible: false },
  1101: { types: ["caravan"], isCompatible: false },
  1045: { types: ["trailer"], isCompatible: false },
  1061: { types: ["boat"], isCompatible: false },
  1062: { types: ["boat"], isCompatible: false },
  1063: { types: ["boat"], isCompatible: false },
  1064: { types: ["boat"], isCompatible: false },
  1065: { types: ["boat"], isCompatible: false },
  1066: { types: ["boat"], isCompatible: false },
  1067: { types: ["boat"], isCompatible: false },
  1225: { types: ["agriculture-tools"], isCompatible: false },
  1226: { types: ["agriculture-tools"], isCompatible: false },
  1222: { types: ["agriculture-thresher", "agriculture-tractor"], isCompatible: false },
  1221: { types: ["truck", "bus"], isCompatible: false },
  1223: { types: ["construction"], isCompatible: false },
};

/** The types that an ad of this V3 category may become; none for a category that V4 does not know. */
export function v3Types(categoryId: number): readonly VehicleType[] {
  return v3Categories[categoryId]?.types ?? [];
}

/** Whether the typed paths of a type lead to this ad: an ad of V3 is found under each type that it may become. */
export function isOfType(ad: StoredAd, vehicleType: VehicleType): boolean {
  if (ad.v3CategoryId === undefined) return ad.vehicleType === vehicleType;
  return v3Types(ad.v3CategoryId).includes(vehicleType);
}

/** Whether an update by V4 converts the ad by itself: true for all but V3 ads whose category has changed its schema. */
export function isConvertedByUpdate({ v3CategoryId }: StoredAd): boolean {
  return v3CategoryId === undefined || v3Categories[v3CategoryId]?.isCompatible === true;
}

/** As the row shows it. */
export function categoryIdOf({ v3CategoryId, categoryId, vehicleType }: StoredAd): number {
  return v3CategoryId ?? categoryId ?? vehicleTypes[vehicleType].categoryId;
}

const boatsOfOld: readonly number[] = [1061, 1062];

/** The `category_id`s that a write of this type may name, the usual one first. */
export function takenCategories(
  vehicleType: VehicleType,
  { boatCategories }: Pick<QuirkValues, "boatCategories">,
): number[] {
  const { categoryId } = vehicleTypes[vehicleType];
  return vehicleType === "boat" && boatCategories === "split" ? [categoryId, ...boatsOfOld] : [categoryId];
}

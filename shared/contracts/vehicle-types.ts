/**
 * The vehicle types of the V4 API, with what our decisions need to know of each.
 *
 * `registered`: the marketplace knows the vehicle by its plate. Such an ad carries neither `title` nor `contact`,
 * and once deleted it cannot be revived. Source: typed-endpoints document, "Ad fields" and "category_id".
 */
export const vehicleTypes = {
  car: { categoryId: 1020, registered: true },
  transport: { categoryId: 1021, registered: true },
  motorcycle: { categoryId: 1140, registered: true },
  moped: { categoryId: 1121, registered: true },
  snowmobile: { categoryId: 1180, registered: true },
  atv: { categoryId: 1143, registered: true },
  camper: { categoryId: 1102, registered: true },
  caravan: { categoryId: 1101, registered: true },
  trailer: { categoryId: 1045, registered: true },
  boat: { categoryId: 1060, registered: false },
  "agriculture-thresher": { categoryId: 1227, registered: false },
  "agriculture-tractor": { categoryId: 1228, registered: false },
  "agriculture-tools": { categoryId: 1229, registered: false },
  bus: { categoryId: 1321, registered: false },
  truck: { categoryId: 1322, registered: false },
  construction: { categoryId: 1323, registered: false },
} as const satisfies Record<string, { categoryId: number; registered: boolean }>;

export type VehicleType = keyof typeof vehicleTypes;

export const vehicleTypeNames = Object.keys(vehicleTypes) as [VehicleType, ...VehicleType[]];

export function isVehicleType(name: string): name is VehicleType {
  return Object.hasOwn(vehicleTypes, name);
}

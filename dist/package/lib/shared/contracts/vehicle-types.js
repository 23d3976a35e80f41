const vehicleTypes = {
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
  construction: { categoryId: 1323, registered: false }
};
const vehicleTypeNames = Object.keys(vehicleTypes);
function isVehicleType(name) {
  return Object.hasOwn(vehicleTypes, name);
}
export {
  isVehicleType,
  vehicleTypeNames,
  vehicleTypes
};

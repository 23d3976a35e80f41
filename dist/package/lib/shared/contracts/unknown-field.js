const bridgesOwn = ["source_id", "dealer_code", "category_id"];
const vehicles = [
  "body_type",
  "brand",
  "model",
  "model_type",
  "model_year",
  "registration_number",
  "vin",
  "in_traffic_date",
  "color",
  "equipments",
  "condition",
  "powertrain",
  "physics",
  "mileage",
  "fuel",
  "fuels",
  "transmission"
];
const words = new Map([
  ...bridgesOwn.map((key) => [key, `"${key}" is set by the bridge: leave it out.`]),
  ...vehicles.map((key) => [key, `"${key}" belongs inside category_fields.`])
]);
function describeUnknownField(key) {
  return words.get(key) ?? `"${key}" is not a field we know here.`;
}
export {
  describeUnknownField
};

import * as z from "zod/mini";
const yearWords = "model_year must be a year between 1900 and 2100, as a number.";
const year = z.int({ error: yearWords }).check(z.gte(1900, { error: yearWords }), z.lte(2100, { error: yearWords }));
const flag = z.nullish(z.boolean());
const words = z.nullish(z.string());
const slug = (name, example) => {
  const demand = `${name} must be Blocket's own word for it, in small letters without spaces, like "${example}".`;
  return z.nullish(z.string().check(z.regex(/^[^\p{Lu}\s]+$/u, { error: demand })));
};
const list = z.nullish(z.array(z.string()));
const measure = (name, units) => {
  const error = `${name} is given as a unit (${units.join(" or ")}) and a value, like {"unit": "${units[0]}", "value": 5}.`;
  const value = z.nullish(z.number({ error }).check(z.nonnegative({ error })));
  return z.nullish(z.looseObject({ unit: z.nullish(z.enum(units, { error })), value }, { error }));
};
const vehicleFields = {
  body_type: slug("body_type", "semi-integrated"),
  brand: slug("brand", "mercedes-benz"),
  model: words,
  model_type: words,
  in_traffic_date: z.nullish(z.iso.date({ error: 'in_traffic_date must be a date like "2019-04-30".' })),
  color: words,
  is_vat_deductible: flag,
  registration_number_hidden: flag,
  equipments: list,
  condition: z.nullish(z.looseObject({ mileage: measure("mileage", ["km", "mil"]), is_new_vehicle: flag })),
  powertrain: z.nullish(z.looseObject({ transmission: words, fuels: list, power: measure("power", ["hp", "kw"]) })),
  physics: z.nullish(
    z.looseObject({
      gross_weight: measure("gross_weight", ["kg"]),
      length: measure("length", ["m"]),
      number_of_beds: z.nullish(z.int().check(z.nonnegative()))
    })
  )
};
const plateWords = "registration_number has at most 6 characters and no space, like ABC123.";
const plate = z.string().check(z.minLength(1, { error: plateWords }), z.maxLength(6, { error: plateWords }));
const vinWords = "vin (the chassis number) has 17 to 19 characters.";
const vin = z.string().check(z.minLength(17, { error: vinWords }), z.maxLength(19, { error: vinWords }));
const hasPlateOrVin = z.refine(
  (fields) => {
    const { registration_number, vin: chassis } = fields ?? {};
    return (registration_number ?? chassis ?? null) !== null;
  },
  {
    error: "A registered vehicle needs its registration_number (the plate) or its vin (the chassis number).",
    params: { code: "no-plate-or-vin" },
    when: ({ value }) => typeof value === "object" && value !== null && !Array.isArray(value)
  }
);
const registeredFieldsSchema = z.looseObject({ model_year: year, registration_number: z.nullish(plate), vin: z.nullish(vin), ...vehicleFields }).check(hasPlateOrVin);
const unregisteredFieldsSchema = z.looseObject({});
export {
  registeredFieldsSchema,
  unregisteredFieldsSchema
};

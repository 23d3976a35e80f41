import * as z from "zod/mini";

/*
 * `category_fields`, as far as they are public. Every object is loose: a key that is not named here goes out as it came.
 * null is how the API is told that a field has no value (typed-endpoints document, "PUT"), so it stands for "not there".
 */

const yearWords = "model_year must be a year between 1900 and 2100, as a number.";
const year = z.int({ error: yearWords }).check(z.gte(1900, { error: yearWords }), z.lte(2100, { error: yearWords }));

const flag = z.nullish(z.boolean());
const words = z.nullish(z.string());
/** The API knows some things by slugs; free text there is answered with a 400. Which slugs there are is not public. */
const slug = (name: string, example: string) => {
  const demand = `${name} must be Blocket's own word for it, in small letters without spaces, like "${example}".`;
  return z.nullish(z.string().check(z.regex(/^[^\p{Lu}\s]+$/u, { error: demand })));
};
const list = z.nullish(z.array(z.string()));

/** A number with its unit. Which of the two the API insists on is not public. */
const measure = (name: string, units: [string, ...string[]]) => {
  const error = `${name} is given as a unit (${units.join(" or ")}) and a value, like {"unit": "${units[0]}", "value": 5}.`;
  const value = z.nullish(z.number({ error }).check(z.nonnegative({ error })));
  return z.nullish(z.looseObject({ unit: z.nullish(z.enum(units, { error })), value }, { error }));
};

/** The fields that registered vehicles have in common. Source: implementation guide, "common fields", and its examples. */
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
      number_of_beds: z.nullish(z.int().check(z.nonnegative())),
    }),
  ),
};

const unspaced = (least: number, most: number, error: string) =>
  z
    .string()
    .check(
      z.minLength(least, { error, abort: true }),
      z.maxLength(most, { error, abort: true }),
      z.regex(/^\S*$/, { error }),
    );
const plate = unspaced(1, 6, "registration_number has at most 6 characters and no space, like ABC123.");
const vin = unspaced(17, 19, "vin (the chassis number) has 17 to 19 characters and no space.");

/** Even where another field is wrong, or this one is: all faults are to be told at once. */
const hasPlateOrVin = z.refine(
  (fields: unknown) => {
    const { registration_number, vin: chassis } = (fields ?? {}) as Record<string, unknown>;
    return (registration_number ?? chassis ?? null) !== null;
  },
  {
    error: "A registered vehicle needs its registration_number (the plate) or its vin (the chassis number).",
    params: { code: "no-plate-or-vin" },
    when: ({ value }) => typeof value === "object" && value !== null && !Array.isArray(value),
  },
);

export const registeredFieldsSchema = z
  .looseObject({ model_year: year, registration_number: z.nullish(plate), vin: z.nullish(vin), ...vehicleFields })
  .check(hasPlateOrVin);

/** Of boats little is public, of the other unregistered types nothing: all of it goes out as it came. */
export const unregisteredFieldsSchema = z.looseObject({});

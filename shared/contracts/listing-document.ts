import * as z from "zod/mini";

/*
 * The document a source sends as `ad`: the API's own field names, without what the bridge owns
 * (`source_id dealer_code category_id`). Source of every rule: typed-endpoints document, "Ad fields".
 */

const text = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest));
const link = z.url({ protocol: /^https$/ }).check(z.maxLength(2048));

const priceSchema = z.strictObject({
  type: z.enum(["list", "reduced", "leasing"]),
  amount: z.int().check(z.nonnegative()),
  currency: z.optional(z.literal("SEK")),
});

const coordinate = z.union([z.number(), z.string().check(z.regex(/^-?\d{1,3}(\.\d+)?$/))]);

const locationSchema = z
  .strictObject({
    latitude: z.optional(coordinate),
    longitude: z.optional(coordinate),
    zipcode: z.optional(z.string().check(z.regex(/^\d{5}$/))),
    lkf: z.optional(z.string().check(z.regex(/^(\d{4}|\d{6})$/))),
  })
  .check(
    z.refine((location) => (location.latitude === undefined) === (location.longitude === undefined), {
      error: "latitude and longitude only go together.",
      params: { code: "incomplete-coordinates" },
    }),
  );

const contactSchema = z.strictObject({
  email: z.email(),
  name: z.optional(text(200)),
  phone: z.optional(z.string().check(z.regex(/^\+?\d{8,16}$/))),
});

/** Fields every vehicle type shares. Unknown keys are errors here and pass through inside `category_fields`. */
const sharedFields = {
  body: z.optional(z.string()),
  visible: z.optional(z.boolean()),
  price: z.optional(z.array(priceSchema)),
  image_urls: z.optional(z.array(link)),
  url: z.optional(link),
  video_url: z.optional(link),
  location: z.optional(z.nullable(locationSchema)),
  dont_publish_on_failed_images: z.optional(z.boolean()),
  product_declaration: z.optional(link),
};

const categoryFieldsSchema = z.looseObject({
  model_year: z.int().check(z.gte(1900), z.lte(2100)),
  registration_number: z.optional(z.string().check(z.minLength(1), z.maxLength(6))),
  vin: z.optional(z.string().check(z.minLength(17), z.maxLength(19))),
});

/** Registered vehicles: the marketplace makes the title and takes the contact from the dealer; sending either is refused. */
export const registeredDocumentSchema = z.strictObject({
  ...sharedFields,
  category_fields: categoryFieldsSchema.check(
    z.refine((fields) => fields.registration_number !== undefined || fields.vin !== undefined, {
      error: "A registered vehicle needs its registration_number or its vin.",
      params: { code: "no-plate-or-vin" },
    }),
  ),
});

/** The other types: boat, bus, truck, construction and agriculture, where title and contact are the source's to give. */
export const unregisteredDocumentSchema = z.strictObject({
  ...sharedFields,
  title: text(200),
  contact: contactSchema,
  category_fields: z.looseObject({}),
});

/** A whole listing document. Unknown keys of `category_fields` are kept as they came. */
export type ListingDocument = z.infer<typeof registeredDocumentSchema> | z.infer<typeof unregisteredDocumentSchema>;

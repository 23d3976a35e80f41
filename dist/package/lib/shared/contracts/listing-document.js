import * as z from "zod/mini";
import { registeredFieldsSchema, unregisteredFieldsSchema } from "./category-fields.js";
import { faultOfPublicUrl, longestUrl } from "./public-url.js";
const link = z.string().check(
  z.meta({ maxLength: longestUrl, format: "uri" }),
  z.check((payload) => {
    const fault = faultOfPublicUrl(payload.value);
    if (fault !== null) {
      const { code, message } = fault;
      payload.issues.push({ code: "custom", input: payload.value, message, params: { code } });
    }
  })
);
const amountWords = "amount must be whole kronor, as a number without decimals.";
const amount = z.int({ error: amountWords }).check(z.nonnegative({ error: "amount must not be less than 0 kronor." }));
const currency = z.optional(z.literal("SEK", { error: 'currency must be "SEK", or be left out.' }));
const leasing = z.looseObject({ type: z.literal("leasing"), amount: z.optional(amount), currency });
const plainPrice = z.strictObject({ type: z.enum(["list", "reduced"]), amount, currency });
const registeredPriceSchema = z.discriminatedUnion("type", [plainPrice, leasing]);
const unregisteredPriceSchema = z.discriminatedUnion("type", [plainPrice], {
  error: ({ input }) => input?.type === "leasing" ? "Blocket takes leasing prices for registered vehicles only, such as cars." : void 0
});
const degrees = (name, most) => {
  const demand = `${name} must be decimal degrees between -${most} and ${most}, like 59.3293.`;
  const isWithin = z.refine((value) => !(Math.abs(Number(value)) > most), {
    error: demand,
    params: { code: "out-of-range" }
  });
  const form = z.regex(/^-?\d{1,3}(\.\d+)?$/, { error: demand });
  return z.optional(z.union([z.number(), z.string().check(form)], { error: demand }).check(isWithin));
};
const placeFields = {
  latitude: degrees("latitude", 90),
  longitude: degrees("longitude", 180),
  zipcode: z.optional(
    z.string().check(z.regex(/^\d{5}$/, { error: 'zipcode must be five digits without a space, like "12133".' }))
  )
};
const hasWholePoint = z.refine(
  (location) => {
    const { latitude, longitude } = location;
    return latitude === void 0 === (longitude === void 0);
  },
  {
    error: "latitude and longitude only go together.",
    params: { code: "incomplete-coordinates" },
    when: ({ value }) => typeof value === "object" && value !== null
  }
);
const noAreaCode = "lkf is not for registered vehicles: send zipcode, or latitude and longitude.";
const areaCode = z.regex(/^(\d{4}|\d{6})$/, { error: 'lkf must be four or six digits, like "0380" or "038004".' });
const registeredLocationSchema = z.strictObject({ ...placeFields, lkf: z.optional(z.never({ error: noAreaCode })) }).check(hasWholePoint);
const unregisteredLocationSchema = z.strictObject({ ...placeFields, lkf: z.optional(z.string().check(areaCode)) }).check(hasWholePoint);
const phoneWords = "phone must be digits only, optionally after a +, 8 to 16 characters in all.";
const contactSchema = z.strictObject({
  email: z.email(),
  name: z.optional(z.string()),
  phone: z.optional(z.string().check(z.regex(/^(?=.{8,16}$)\+?\d+$/, { error: phoneWords })))
});
const sharedFields = {
  body: z.optional(z.string()),
  visible: z.optional(z.boolean()),
  image_urls: z.optional(z.array(link)),
  url: z.optional(link),
  video_url: z.optional(link),
  dont_publish_on_failed_images: z.optional(z.boolean()),
  product_declaration: z.optional(link)
};
const noTitle = "title must not be sent for this vehicle type: Blocket makes it from the vehicle.";
const noContact = "contact must not be sent for this vehicle type: Blocket shows the dealer's own.";
const registeredDocumentSchema = z.strictObject({
  ...sharedFields,
  title: z.optional(z.never({ error: noTitle })),
  contact: z.optional(z.never({ error: noContact })),
  price: z.optional(z.array(registeredPriceSchema)),
  location: z.optional(z.nullable(registeredLocationSchema)),
  category_fields: registeredFieldsSchema
});
const unregisteredDocumentSchema = z.strictObject({
  ...sharedFields,
  title: z.string().check(z.regex(/\S/, { error: "title must not be empty." })),
  contact: contactSchema,
  price: z.optional(z.array(unregisteredPriceSchema)),
  location: z.optional(z.nullable(unregisteredLocationSchema)),
  category_fields: unregisteredFieldsSchema
});
const anyDocumentSchema = z.looseObject({
  ...sharedFields,
  price: z.optional(z.array(registeredPriceSchema)),
  location: z.optional(z.nullable(unregisteredLocationSchema)),
  category_fields: z.looseObject({})
});
export {
  anyDocumentSchema,
  registeredDocumentSchema,
  sharedFields,
  unregisteredDocumentSchema
};

import * as z from "zod/mini";
import { registeredFieldsSchema, unregisteredFieldsSchema } from "./category-fields.ts";
import { faultOfPublicUrl, longestUrl } from "./public-url.ts";

/*
 * The document a source sends as `ad`: the API's own field names, without what the bridge owns
 * (`source_id dealer_code category_id`). Source of every rule: typed-endpoints document, "Ad fields".
 */

/** The schemas that are published can say only this much of what `faultOfPublicUrl` demands. */
const link = z.string().check(
  z.meta({ maxLength: longestUrl, format: "uri" }),
  z.check((payload) => {
    const fault = faultOfPublicUrl(payload.value);
    if (fault !== null) {
      const { code, message } = fault;
      payload.issues.push({ code: "custom", input: payload.value, message, params: { code } });
    }
  }),
);

const amountWords = "amount must be whole kronor, as a number without decimals.";
const amount = z.int({ error: amountWords }).check(z.nonnegative({ error: "amount must not be less than 0 kronor." }));
const currency = z.optional(z.literal("SEK", { error: 'currency must be "SEK", or be left out.' }));

/** What a leasing price looks like is not public, so its other keys go out as they came. */
const leasing = z.looseObject({ type: z.literal("leasing"), amount: z.optional(amount), currency });
const plainPriceTypes = ["list", "reduced"] as const;
const plainPrice = z.strictObject({ type: z.enum(plainPriceTypes), amount, currency });

/**
 * What is said of a price whose type is none of `types`, by what they have in common: a union stops at the type, and all
 * faults are to be told at once.
 */
const judgedWithoutType = <T>(types: readonly unknown[], common: z.ZodMiniType) =>
  z.check<T>(
    (payload) => {
      const judged = common.safeParse(payload.value, { reportInput: true, error: () => "" });
      payload.issues.push(...((judged.error?.issues ?? []) as z.core.$ZodRawIssue[]));
    },
    {
      when: ({ value }) =>
        typeof value === "object" && value !== null && !types.includes((value as { type?: unknown }).type),
    },
  );

const whateverType = { type: z.optional(z.unknown()) };

const registeredPriceSchema = z
  .discriminatedUnion("type", [plainPrice, leasing])
  .check(
    judgedWithoutType(
      [...plainPriceTypes, "leasing"],
      z.looseObject({ ...whateverType, amount: z.optional(amount), currency }),
    ),
  );
const unregisteredPriceSchema = z
  .discriminatedUnion("type", [plainPrice], {
    error: ({ input }) =>
      (input as { type?: unknown } | null)?.type === "leasing"
        ? "Blocket takes leasing prices for registered vehicles only, such as cars."
        : undefined,
  })
  .check(judgedWithoutType(plainPriceTypes, z.strictObject({ ...whateverType, amount, currency })));

/** A number, or a number written as text: the API's tables say the one and its examples the other. */
const degrees = (name: string, most: number) => {
  const demand = `${name} must be decimal degrees between -${most} and ${most}, like 59.3293.`;
  const isWithin = z.refine<number | string>((value) => !(Math.abs(Number(value)) > most), {
    error: demand,
    params: { code: "out-of-range" },
  });
  const form = z.regex(/^-?\d{1,3}(\.\d+)?$/, { error: demand });
  return z.optional(z.union([z.number(), z.string().check(form)], { error: demand }).check(isWithin));
};

const placeFields = {
  latitude: degrees("latitude", 90),
  longitude: degrees("longitude", 180),
  zipcode: z.optional(
    z.string().check(z.regex(/^\d{5}$/, { error: 'zipcode must be five digits without a space, like "12133".' })),
  ),
};

/** `when`: also where something else is wrong in it, for all faults are to be told at once. */
const hasWholePoint = z.refine(
  (location: unknown) => {
    const { latitude, longitude } = location as Record<string, unknown>;
    return (latitude === undefined) === (longitude === undefined);
  },
  {
    error: "latitude and longitude only go together.",
    params: { code: "incomplete-coordinates" },
    when: ({ value }) => typeof value === "object" && value !== null,
  },
);

const noAreaCode = "lkf is not for registered vehicles: send zipcode, or latitude and longitude.";
const areaCode = z.regex(/^(\d{4}|\d{6})$/, { error: 'lkf must be four or six digits, like "0380" or "038004".' });

const registeredLocationSchema = z
  .strictObject({ ...placeFields, lkf: z.optional(z.never({ error: noAreaCode })) })
  .check(hasWholePoint);
const unregisteredLocationSchema = z
  .strictObject({ ...placeFields, lkf: z.optional(z.string().check(areaCode)) })
  .check(hasWholePoint);

const phoneWords = "phone must be digits only, optionally after a +, 8 to 16 characters in all.";
const contactSchema = z.strictObject({
  email: z.email(),
  name: z.optional(z.string()),
  phone: z.optional(z.string().check(z.regex(/^(?=.{8,16}$)\+?\d+$/, { error: phoneWords }))),
});

/** Fields every vehicle type shares. Unknown keys are errors here and pass through inside `category_fields`. */
export const sharedFields = {
  body: z.optional(z.string()),
  visible: z.optional(z.boolean()),
  image_urls: z.optional(z.array(link)),
  url: z.optional(link),
  video_url: z.optional(link),
  dont_publish_on_failed_images: z.optional(z.boolean()),
  product_declaration: z.optional(link),
};

const noTitle = "title must not be sent for this vehicle type: Blocket makes it from the vehicle.";
const noContact = "contact must not be sent for this vehicle type: Blocket shows the dealer's own.";

/** Registered vehicles: the marketplace makes the title and takes the contact from the dealer; sending either is refused. */
export const registeredDocumentSchema = z.strictObject({
  ...sharedFields,
  title: z.optional(z.never({ error: noTitle })),
  contact: z.optional(z.never({ error: noContact })),
  price: z.optional(z.array(registeredPriceSchema)),
  location: z.optional(z.nullable(registeredLocationSchema)),
  category_fields: registeredFieldsSchema,
});

/** The other types: boat, bus, truck, construction and agriculture, where title and contact are the source's to give. */
export const unregisteredDocumentSchema = z.strictObject({
  ...sharedFields,
  title: z.string().check(z.regex(/\S/, { error: "title must not be empty." })),
  contact: contactSchema,
  price: z.optional(z.array(unregisteredPriceSchema)),
  location: z.optional(z.nullable(unregisteredLocationSchema)),
  category_fields: unregisteredFieldsSchema,
});

/** What can be said of a document whose vehicle type is none: the fields that mean the same for all, and what is no field of any. */
export const anyDocumentSchema = z.strictObject({
  ...sharedFields,
  title: z.optional(z.unknown()),
  contact: z.optional(z.unknown()),
  price: z.optional(z.array(registeredPriceSchema)),
  location: z.optional(z.nullable(unregisteredLocationSchema)),
  category_fields: z.looseObject({}),
});

/** A whole listing document. Unknown keys of `category_fields` are kept as they came. */
export type ListingDocument = z.infer<typeof registeredDocumentSchema> | z.infer<typeof unregisteredDocumentSchema>;

import { z } from "zod";
import type { QuirkValues } from "#local/simulator/quirks.ts";
import { takenCategories } from "#local/simulator/v3-categories.ts";
import { type VehicleType, vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { openCategoryFields, registeredCategoryFields } from "./category-fields.ts";
import { coordinate, filledText, neverSent, pattern, text, url, whole } from "./field-forms.ts";
import { required } from "./issue-text.ts";

/** `create` is POST and `/validate`, `change` PUT and PATCH, `migrate` the whole document of a V3 ad. */
export type BodyKind = "create" | "change" | "migrate";

const bodyQuirks = [
  "boatCategories",
  "imageLimit",
  "imageProtocol",
  "nullBooleans",
  "priceTypes",
  "requiredFields",
  "sellerFields",
] as const;

/** The quirks that a body is judged by. */
export type BodyQuirks = Pick<QuirkValues, (typeof bodyQuirks)[number]>;

interface Rules {
  vehicleType: VehicleType;
  kind: BodyKind;
  isRegistered: boolean;
  quirks: BodyQuirks;
}

type Shape = Record<string, z.ZodType>;

/** Null clears a field, or leaves it out. */
function clearable(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, field.nullish()]));
}

const longestAmount = 2 ** 31 - 1;

/** Whole kronor. The further keys of a leasing price are not public and pass. */
function price({ kind, isRegistered, quirks }: Rules): z.ZodType {
  const types = ["list", ...(kind === "change" ? ["reduced"] : []), ...(isRegistered ? ["leasing"] : [])];
  const inGuide = quirks.priceTypes === "all" ? ["monthly", "call"] : [];
  return z.looseObject({
    type: z.enum([...types, ...inGuide]),
    amount: whole(0, longestAmount),
    currency: z.literal("SEK").optional(),
  });
}

function location({ isRegistered }: Rules): z.ZodType {
  const lkf = pattern(/^(\d{4}|\d{6})$/, "Enter a valid LKF code of four or six digits.").nullish();
  return z.looseObject({
    latitude: coordinate(90).nullish(),
    longitude: coordinate(180).nullish(),
    zipcode: pattern(/^\d{5}$/, "Enter a valid zip code without spaces.").nullish(),
    lkf: isRegistered ? z.null({ error: "Not supported for registered vehicles." }).optional() : lkf,
  });
}

function contact({ kind, quirks }: Rules): z.ZodType {
  const email = pattern(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "Enter a valid email address.").meta({ format: "email" });
  const wrongPhone = "Enter a valid phone number: 8 to 16 digits, optionally after a +.";
  const phone = pattern(/^(?=.{8,16}$)\+?\d+$/, wrongPhone);
  const isNeeded = kind !== "change" && quirks.requiredFields === "older";
  return z.looseObject({
    name: isNeeded ? text(200) : text(200).nullish(),
    phone: isNeeded ? phone : phone.nullish(),
    email: kind === "change" ? email.nullish() : email,
  });
}

function categoryFields({ vehicleType, kind, isRegistered, quirks }: Rules): z.ZodType {
  if (!isRegistered) return openCategoryFields;
  const needed = quirks.requiredFields === "older" ? ["model_year", "brand"] : ["model_year"];
  return registeredCategoryFields(vehicleType, kind === "change" ? [] : needed);
}

/** What must be there on creation, and may be left out of a change, but never be null. */
function neededFields(rules: Rules): Shape {
  const { isRegistered, kind, quirks } = rules;
  const fields = {
    category_fields: categoryFields(rules),
    ...(!isRegistered && { title: filledText(200), contact: contact(rules) }),
    ...(quirks.requiredFields === "older" && { body: text(100_000), price: z.array(price(rules)) }),
  };
  if (kind !== "change") return fields;
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.optional()]));
}

/** In the path, in the ad, or in the body. */
function identity({ vehicleType, kind, quirks }: Rules): Shape {
  const categories = takenCategories(vehicleType, quirks);
  const wrong = `Must be ${categories.join(" or ")} for ${vehicleType}.`;
  const categorySchema = z.literal([...categories, ...categories.map(String)], {
    error: ({ input }) => (input === undefined ? required : wrong),
  });
  switch (kind) {
    case "create":
      return { source_id: filledText(255), dealer_code: filledText(64).nullish(), category_id: categorySchema };
    case "change":
      return { category_id: categorySchema.optional() };
    case "migrate":
      return { category_id: neverSent("This field must not be sent: the path says which category is meant.") };
  }
}

const notForCategory = "This field must not be sent for this category.";
const noSeller: Shape = { title: neverSent(notForCategory), contact: neverSent(notForCategory) };

function buildSchema(rules: Rules): z.ZodType {
  const { isRegistered, quirks } = rules;
  const flag = quirks.nullBooleans === "refused" ? z.boolean().optional() : z.boolean().nullish();
  const images = z.array(url(quirks.imageProtocol === "https" ? /^https$/ : /^https?$/));
  const webUrl = url(/^https?$/);
  return z.looseObject({
    ...clearable({
      body: text(100_000),
      price: z.array(price(rules)),
      image_urls: quirks.imageLimit === "none" ? images : images.max(quirks.imageLimit),
      url: webUrl,
      video_url: webUrl,
      location: location(rules),
      product_declaration: webUrl,
    }),
    visible: flag,
    dont_publish_on_failed_images: flag,
    ...(isRegistered && quirks.sellerFields === "refused" && noSeller),
    ...neededFields(rules),
    ...identity(rules),
  });
}

const built = new Map<string, z.ZodType>();

/**
 * The body of a write, the same for judging and for describing it. Made once for each type, kind and choice of quirks.
 * What only the merged document shows (a pair of coordinates, a plate that changed) is no part of it.
 */
export function bodySchema(vehicleType: VehicleType, kind: BodyKind, quirks: BodyQuirks): z.ZodType {
  const key = [vehicleType, kind, ...bodyQuirks.map((name) => quirks[name])].join(" ");
  const known = built.get(key);
  if (known !== undefined) return known;
  const schema = buildSchema({ vehicleType, kind, isRegistered: vehicleTypes[vehicleType].registered, quirks });
  built.set(key, schema);
  return schema;
}

import * as z from "zod/mini";
import { type Checked, checkFields } from "./field-error.ts";
import {
  anyDocumentSchema,
  type ListingDocument,
  registeredDocumentSchema,
  unregisteredDocumentSchema,
} from "./listing-document.ts";
import { isVehicleType, type VehicleType, vehicleTypeNames, vehicleTypes } from "./vehicle-types.ts";

/** The largest request body, the most events in one, and what an event may hold, as `POST /sources/{source}/inventory-events` takes them. */
export const limits = {
  bodyBytes: 256 * 1024,
  batchEvents: 100,
  documentBytes: 64 * 1024,
  /** Of an attribute of the envelope, in characters. */
  attributeLength: 2048,
} as const;

const dealerCodeWords = "dealerCode is the dealer's code at Blocket: 1 to 64 letters A-Z, digits, _ or -.";
export const dealerCodeSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, { error: dealerCodeWords }));
export const itemIdSchema = z.string().check(z.minLength(1), z.maxLength(200));
export const eventIdSchema = z.string().check(z.minLength(1), z.maxLength(200));

const attribute = z.string().check(z.minLength(1));

/** The least that makes a CloudEvent of an element: without it there is nothing to answer by, or about. */
export const envelopeSchema = z.looseObject({
  specversion: z.literal("1.0"),
  id: eventIdSchema,
  source: attribute,
  type: attribute,
  data: z.optional(z.unknown()),
});
export type Envelope = z.infer<typeof envelopeSchema>;

const timeWords = 'time must be a time like "2026-11-21T08:30:00Z".';
const datetime = z.iso.datetime({ offset: true });

/** RFC 3339, which lets T and Z be small letters. */
const timeSchema = z.string().check(
  z.meta({ format: "date-time" }),
  z.maxLength(64, { abort: true }),
  z.refine((text) => datetime.safeParse(text.toUpperCase()).success, {
    error: timeWords,
    params: { code: "invalid-format" },
  }),
);

const longText = z.maxLength(limits.attributeLength);
const attributeWords = "An attribute is text, a number, true or false.";

/**
 * The CloudEvents 1.0 envelope. Attributes beside `sequence` and `traceparent` are not read, only bounded. null stands for one that isn't there
 * (CloudEvents' JSON format, "Type system mapping").
 */
export const cloudEventSchema = z.catchall(
  z.object({
    ...envelopeSchema.shape,
    source: attribute.check(longText),
    type: attribute.check(longText),
    time: z.nullish(timeSchema),
    sequence: z.nullish(z.string().check(z.minLength(1), z.maxLength(200))),
    /** Ignored where it isn't what W3C Trace Context says. */
    traceparent: z.optional(z.unknown()),
  }),
  z.union([z.string().check(longText), z.number(), z.boolean(), z.null()], { error: attributeWords }),
);

const itemFields = { dealerCode: dealerCodeSchema, itemId: itemIdSchema };

/** Who and what an event is about: what a rejected event is filed under, when at least this much of it is readable. */
export const itemSchema = z.object(itemFields);

const namesOf = (registered: boolean) => {
  const names = vehicleTypeNames.filter((name) => vehicleTypes[name].registered === registered);
  return z.enum(names as [VehicleType, ...VehicleType[]]);
};

export const upsertedSchema = z.discriminatedUnion("vehicleType", [
  z.strictObject({ ...itemFields, vehicleType: namesOf(true), ad: registeredDocumentSchema }),
  z.strictObject({ ...itemFields, vehicleType: namesOf(false), ad: unregisteredDocumentSchema }),
]);

export const removedSchema = z.strictObject({ ...itemFields, reason: z.enum(["sold", "withdrawn"]) });

export const chargedSchema = z.strictObject(itemFields);

/** What each event type carries as `data`. */
export const inventoryDataSchemas = {
  "inventory.item.upserted": upsertedSchema,
  "inventory.item.removed": removedSchema,
  "inventory.item.bump-requested": chargedSchema,
  "inventory.item.pole-position-requested": chargedSchema,
} as const;
export type InventoryEventType = keyof typeof inventoryDataSchemas;
export type InventoryData<T extends InventoryEventType> = z.infer<(typeof inventoryDataSchemas)[T]>;

/** For an upserted item whose vehicle type is none, so that its other faults are told at once with that one. */
const upsertedAsAnythingSchema = z.strictObject({
  ...itemFields,
  vehicleType: z.enum(vehicleTypeNames),
  ad: anyDocumentSchema,
});

/** Judges an event's `data`, with all that is wrong with it; pointers begin with `/data`. */
export function checkInventoryData<T extends InventoryEventType>(type: T, data: unknown): Checked<InventoryData<T>> {
  const schema: z.ZodMiniType = isOfUnknownVehicle(type, data) ? upsertedAsAnythingSchema : inventoryDataSchemas[type];
  return checkFields(schema, data, ["data"]) as Checked<InventoryData<T>>;
}

function isOfUnknownVehicle(type: InventoryEventType, data: unknown): boolean {
  const isUpserted = type === "inventory.item.upserted" && typeof data === "object" && data !== null;
  const vehicleType = isUpserted && "vehicleType" in data ? data.vehicleType : undefined;
  return isUpserted && !(typeof vehicleType === "string" && isVehicleType(vehicleType));
}

const validatedFields = {
  /** The source as our configuration names it (the path's, not the CloudEvents attribute). */
  source: z.string(),
  id: eventIdSchema,
  time: z.optional(z.string()),
  sequence: z.optional(z.string()),
  /** The W3C trace that the source has begun. */
  traceparent: z.optional(z.string()),
  /** Set by `receive`: epoch ms, and the place within its batch. */
  receivedAt: z.number(),
  place: z.int(),
};

/**
 * A document that has been judged. The rules are the door's: judged again behind the queue, one that became stricter
 * with a deployment would make poison of what was answered with 202 before it.
 */
const judgedDocumentSchema = z.looseObject({
  category_fields: z.looseObject({}),
}) as unknown as z.ZodMiniType<ListingDocument>;

const judgedSchema = z.object({ ...itemFields, vehicleType: z.enum(vehicleTypeNames), ad: judgedDocumentSchema });

/** A validated inventory event, as it travels in a queue message. */
export const inventoryEventSchema = z.discriminatedUnion("type", [
  z.object({ ...validatedFields, type: z.literal("inventory.item.upserted"), data: judgedSchema }),
  z.object({ ...validatedFields, type: z.literal("inventory.item.removed"), data: removedSchema }),
  z.object({ ...validatedFields, type: z.literal("inventory.item.bump-requested"), data: chargedSchema }),
  z.object({ ...validatedFields, type: z.literal("inventory.item.pole-position-requested"), data: chargedSchema }),
]);
export type InventoryEvent = z.infer<typeof inventoryEventSchema>;

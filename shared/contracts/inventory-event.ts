import * as z from "zod/mini";
import { type Checked, checkFields } from "./field-error.ts";
import {
  anyDocumentSchema,
  type ListingDocument,
  registeredDocumentSchema,
  unregisteredDocumentSchema,
} from "./listing-document.ts";
import { isVehicleType, type VehicleType, vehicleTypeNames, vehicleTypes } from "./vehicle-types.ts";

/** The largest request body and the most events in one, as `POST /sources/{source}/inventory-events` takes them. */
export const limits = { bodyBytes: 256 * 1024, batchEvents: 100, documentBytes: 64 * 1024 } as const;

const dealerCodeWords = "dealerCode is the dealer's code at Blocket: 1 to 64 letters A-Z, digits, _ or -.";
export const dealerCodeSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, { error: dealerCodeWords }));
export const itemIdSchema = z.string().check(z.minLength(1), z.maxLength(200));
export const eventIdSchema = z.string().check(z.minLength(1), z.maxLength(200));

/** The CloudEvents 1.0 envelope; extension attributes other than `sequence` and `traceparent` pass unread. */
export const cloudEventSchema = z.looseObject({
  specversion: z.literal("1.0"),
  id: eventIdSchema,
  source: z.string().check(z.minLength(1)),
  type: z.string().check(z.minLength(1)),
  time: z.optional(z.iso.datetime({ offset: true })),
  sequence: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** Ignored where it isn't what W3C Trace Context says. */
  traceparent: z.optional(z.unknown()),
  data: z.optional(z.unknown()),
});
export type CloudEvent = z.infer<typeof cloudEventSchema>;

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

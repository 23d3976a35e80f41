import * as z from "zod/mini";
import { checkFields } from "./field-error.js";
import {
  anyDocumentSchema,
  registeredDocumentSchema,
  unregisteredDocumentSchema
} from "./listing-document.js";
import { isVehicleType, vehicleTypeNames, vehicleTypes } from "./vehicle-types.js";
const limits = { bodyBytes: 256 * 1024, batchEvents: 100, documentBytes: 64 * 1024 };
const dealerCodeWords = "dealerCode is the dealer's code at Blocket: 1 to 64 letters A-Z, digits, _ or -.";
const dealerCodeSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, { error: dealerCodeWords }));
const itemIdSchema = z.string().check(z.minLength(1), z.maxLength(200));
const eventIdSchema = z.string().check(z.minLength(1), z.maxLength(200));
const cloudEventSchema = z.looseObject({
  specversion: z.literal("1.0"),
  id: eventIdSchema,
  source: z.string().check(z.minLength(1)),
  type: z.string().check(z.minLength(1)),
  time: z.optional(z.iso.datetime({ offset: true })),
  sequence: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  data: z.optional(z.unknown())
});
const itemFields = { dealerCode: dealerCodeSchema, itemId: itemIdSchema };
const itemSchema = z.object(itemFields);
const namesOf = (registered) => {
  const names = vehicleTypeNames.filter((name) => vehicleTypes[name].registered === registered);
  return z.enum(names);
};
const upsertedSchema = z.discriminatedUnion("vehicleType", [
  z.strictObject({ ...itemFields, vehicleType: namesOf(true), ad: registeredDocumentSchema }),
  z.strictObject({ ...itemFields, vehicleType: namesOf(false), ad: unregisteredDocumentSchema })
]);
const removedSchema = z.strictObject({ ...itemFields, reason: z.enum(["sold", "withdrawn"]) });
const chargedSchema = z.strictObject(itemFields);
const inventoryDataSchemas = {
  "inventory.item.upserted": upsertedSchema,
  "inventory.item.removed": removedSchema,
  "inventory.item.bump-requested": chargedSchema,
  "inventory.item.pole-position-requested": chargedSchema
};
const upsertedAsAnythingSchema = z.strictObject({
  ...itemFields,
  vehicleType: z.enum(vehicleTypeNames),
  ad: anyDocumentSchema
});
function checkInventoryData(type, data) {
  const schema = isOfUnknownVehicle(type, data) ? upsertedAsAnythingSchema : inventoryDataSchemas[type];
  return checkFields(schema, data, ["data"]);
}
function isOfUnknownVehicle(type, data) {
  const isUpserted = type === "inventory.item.upserted" && typeof data === "object" && data !== null;
  const vehicleType = isUpserted && "vehicleType" in data ? data.vehicleType : void 0;
  return isUpserted && !(typeof vehicleType === "string" && isVehicleType(vehicleType));
}
const validatedFields = {
  /** The source as our configuration names it (the path's, not the CloudEvents attribute). */
  source: z.string(),
  id: eventIdSchema,
  time: z.optional(z.string()),
  sequence: z.optional(z.string()),
  /** Set by `receive`: epoch ms, and the place within its batch. */
  receivedAt: z.number(),
  place: z.int()
};
const judgedDocumentSchema = z.looseObject({
  category_fields: z.looseObject({})
});
const judgedSchema = z.object({ ...itemFields, vehicleType: z.enum(vehicleTypeNames), ad: judgedDocumentSchema });
const inventoryEventSchema = z.discriminatedUnion("type", [
  z.object({ ...validatedFields, type: z.literal("inventory.item.upserted"), data: judgedSchema }),
  z.object({ ...validatedFields, type: z.literal("inventory.item.removed"), data: removedSchema }),
  z.object({ ...validatedFields, type: z.literal("inventory.item.bump-requested"), data: chargedSchema }),
  z.object({ ...validatedFields, type: z.literal("inventory.item.pole-position-requested"), data: chargedSchema })
]);
export {
  chargedSchema,
  checkInventoryData,
  cloudEventSchema,
  dealerCodeSchema,
  eventIdSchema,
  inventoryDataSchemas,
  inventoryEventSchema,
  itemIdSchema,
  itemSchema,
  limits,
  removedSchema,
  upsertedSchema
};

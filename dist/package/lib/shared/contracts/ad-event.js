import * as z from "zod/mini";
import { fieldErrorSchema } from "./field-error.js";
const marketplaceErrorSchema = z.object({
  code: z.string(),
  pointer: z.nullable(z.string()),
  message: z.string()
});
const adEventMetadataSchema = z.object({
  id: z.string(),
  schemaVersion: z.int(),
  dealerCode: z.nullable(z.string()),
  itemId: z.nullable(z.string()),
  listingId: z.nullable(z.string()),
  sequence: z.int(),
  occurredAt: z.string(),
  publishedAt: z.string(),
  correlationId: z.nullable(z.string()),
  causationId: z.nullable(z.string()),
  replay: z.boolean()
});
const late = z.optional(z.literal(true));
const warnings = z.array(marketplaceErrorSchema);
const blocketAdId = z.nullable(z.string());
const adEventDataSchemas = {
  AdPublished: z.object({ blocketAdId, warnings, late }),
  AdUpdated: z.object({ created: z.boolean(), visible: z.boolean(), warnings, late }),
  AdErrored: z.object({ stage: z.string(), errors: z.array(marketplaceErrorSchema), late }),
  AdDeleted: z.object({ blocketAdId, late }),
  AdUnpublished: z.object({ blocketAdId, late }),
  AdBumped: z.object({ blocketAdId, late }),
  AdPolePositioned: z.object({ blocketAdId, late }),
  AdStalled: z.object({ call: z.string(), since: z.string() }),
  InventoryEventRejected: z.object({ source: z.string(), eventId: z.string(), errors: z.array(fieldErrorSchema) })
};
export {
  adEventDataSchemas,
  adEventMetadataSchema,
  marketplaceErrorSchema
};

import * as z from "zod/mini";
import { fieldErrorSchema } from "./field-error.ts";

/** A complaint of the marketplace: the field's JSON pointer in the API's document, or null, and the API's own text. */
export const marketplaceErrorSchema = z.object({
  code: z.string(),
  pointer: z.nullable(z.string()),
  message: z.string(),
});
export type MarketplaceError = z.infer<typeof marketplaceErrorSchema>;

/**
 * What every ad event says of itself.
 *
 * `id` names the fact: the same fact told twice has the same id. `sequence` counts 1, 2, 3… per ad without gaps and is
 * the order to go by. `correlationId` is the inventory event that led here, `causationId` the marketplace's request_id.
 * `traceparent` is the W3C trace that came with that event, if one did, as it came. Times are ISO 8601 in UTC. `dealerCode`, `itemId` and `listingId` are null only where a rejected event named none.
 */
export const adEventMetadataSchema = z.object({
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
  traceparent: z.optional(z.string()),
  replay: z.boolean(),
});
export type AdEventMetadata = z.infer<typeof adEventMetadataSchema>;

/** Set when a fact is older, by the marketplace's log or by its listing's generation, than one already told for its ad. */
const late = z.optional(z.literal(true));
const warnings = z.array(marketplaceErrorSchema);
const blocketAdId = z.nullable(z.string());

/** What each detail-type carries as `data`. A breaking change is a new detail-type. */
export const adEventDataSchemas = {
  AdPublished: z.object({ blocketAdId, warnings, late }),
  AdUpdated: z.object({ created: z.boolean(), visible: z.boolean(), warnings, late }),
  AdErrored: z.object({ stage: z.string(), errors: z.array(marketplaceErrorSchema), late }),
  AdDeleted: z.object({ blocketAdId, late }),
  AdUnpublished: z.object({ blocketAdId, late }),
  AdBumped: z.object({ blocketAdId, late }),
  AdPolePositioned: z.object({ blocketAdId, late }),
  AdStalled: z.object({ call: z.string(), since: z.string() }),
  InventoryEventRejected: z.object({ source: z.string(), eventId: z.string(), errors: z.array(fieldErrorSchema) }),
} as const;
export type AdEventType = keyof typeof adEventDataSchemas;
export type AdEventData<T extends AdEventType> = z.infer<(typeof adEventDataSchemas)[T]>;

/** One ad event: `type` is the EventBridge detail-type, `{ metadata, data }` its detail. */
export type AdEvent = {
  [T in AdEventType]: { type: T; metadata: AdEventMetadata; data: AdEventData<T> };
}[AdEventType];

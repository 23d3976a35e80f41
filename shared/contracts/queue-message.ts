import * as z from "zod/mini";
import { fieldErrorSchema } from "./field-error.ts";
import { dealerCodeSchema, inventoryEventSchema, itemIdSchema } from "./inventory-event.ts";

const version = z.literal(1);

/** How a source's listings are named at the marketplace; `item-id` takes over those of an earlier integration. */
export const listingIdsSchema = z.enum(["uuid", "item-id"]);

/** What the submit queue carries: news from a source, or a hint that an ad has work left. */
export const queueMessageSchema = z.discriminatedUnion("kind", [
  z.object({
    version,
    kind: z.literal("inventory-event"),
    listingIds: listingIdsSchema,
    event: inventoryEventSchema,
    /** What the door had to say of the document; pointers lead into the document itself. */
    warnings: z.optional(z.array(fieldErrorSchema)),
  }),
  z.object({
    version,
    kind: z.literal("rejected-event"),
    source: z.string(),
    eventId: z.string(),
    /** null where no dealer that the source may speak for, or no item, could be read. */
    item: z.nullable(z.object({ dealerCode: dealerCodeSchema, itemId: itemIdSchema })),
    receivedAt: z.number(),
    traceparent: z.optional(z.string()),
    errors: z.array(fieldErrorSchema),
  }),
  z.object({ version, kind: z.literal("go-on"), dealerCode: dealerCodeSchema, itemId: itemIdSchema }),
]);
export type QueueMessage = z.infer<typeof queueMessageSchema>;
export type RejectedEvent = Extract<QueueMessage, { kind: "rejected-event" }>;

/**
 * What the poll queue carries: the next round of a token's polling chain, the schedule's tick every minute, or a canary that
 * has come through the event bus and its rule.
 */
export const pollMessageSchema = z.discriminatedUnion("kind", [
  z.object({ version, kind: z.literal("round"), tokenId: z.string(), round: z.int() }),
  z.object({ version, kind: z.literal("tick") }),
  z.object({ version, kind: z.literal("canary"), sentAt: z.number() }),
]);
export type PollMessage = z.infer<typeof pollMessageSchema>;

import * as z from "zod/mini";
import { marketplaceErrorSchema } from "./ad-event.ts";
import { fieldErrorSchema } from "./field-error.ts";
import { receiptOutcomes } from "./receipt.ts";

/* What a source is told when it asks. Times are ISO 8601 in UTC; `words` are for people and may change. */

const filedReceiptSchema = z.object({
  id: z.string(),
  source: z.string(),
  /** null where the event named no item of a dealer that the source may speak for. */
  dealerCode: z.nullable(z.string()),
  itemId: z.nullable(z.string()),
  outcome: z.enum(receiptOutcomes),
  reason: z.string(),
  words: z.string(),
  at: z.string(),
  /** What was wrong, in the API's or the door's own words. */
  errors: z.array(marketplaceErrorSchema),
  /** What the door had to say of a document that it took. */
  warnings: z.array(marketplaceErrorSchema),
});

/** What became of one inventory event. `others`: only where the source has used one id for several items, their receipts. */
export const receiptViewSchema = z.extend(filedReceiptSchema, { others: z.optional(z.array(filedReceiptSchema)) });
export type ReceiptView = z.infer<typeof receiptViewSchema>;

const lastOutcomeSchema = z.object({
  outcome: z.enum(["published", "hidden", "updated", "absent", "charged", "errored", "refused", "stalled"]),
  at: z.string(),
  warnings: z.array(marketplaceErrorSchema),
});

/** How an item stands, as seen from what was last asked for it. */
export const itemViewSchema = z.object({
  dealerCode: z.string(),
  itemId: z.string(),
  state: z.enum([
    "nothing-asked",
    "in-progress",
    "published",
    "hidden",
    "updated",
    "absent",
    "failed",
    "unpublished",
    "stalled",
  ]),
  words: z.string(),
  blocketAdId: z.nullable(z.string()),
  listingId: z.nullable(z.string()),
  /** The newest valid event about it, for an ad or for none; null also where another source of the dealer sent that. */
  asked: z.nullable(
    z.object({ source: z.string(), eventId: z.string(), want: z.enum(["ad", "no-ad"]), at: z.string() }),
  ),
  askedByAnother: z.optional(z.literal(true)),
  lastOutcome: z.nullable(lastOutcomeSchema),
  /** What Blocket found wrong with what was last asked. */
  errors: z.array(marketplaceErrorSchema),
  /** The newest event of the asking source about it that was not valid, if it came after what was last asked. */
  lastRejected: z.nullable(z.object({ eventId: z.string(), at: z.string(), errors: z.array(fieldErrorSchema) })),
  /** Until when no call is made, because Blocket takes none with this dealer's token. */
  heldUntil: z.nullable(z.string()),
});
export type ItemView = z.infer<typeof itemViewSchema>;
export type ItemState = ItemView["state"];

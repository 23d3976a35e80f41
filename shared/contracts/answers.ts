import * as z from "zod/mini";
import { fieldErrorSchema } from "./field-error.ts";

/**
 * What became of one event of a request. `valid` is said only where nothing was queued, with the `warnings`: what Blocket
 * takes and the dealer would regret. Those of a queued event are in its receipt and in the ad event.
 */
export const itemAnswerSchema = z.object({
  id: z.string(),
  status: z.enum(["queued", "rejected", "valid"]),
  errors: z.optional(z.array(fieldErrorSchema)),
  warnings: z.optional(z.array(fieldErrorSchema)),
});
export type ItemAnswer = z.infer<typeof itemAnswerSchema>;

/** One answer per event, in the order of the request. */
export const itemAnswersSchema = z.object({ items: z.array(itemAnswerSchema) });

export type ItemAnswers = z.infer<typeof itemAnswersSchema>;

/** The same of a dry run: each event is `valid` or `rejected`, and nothing was queued. */
export const dryRunAnswersSchema = z.extend(itemAnswersSchema, { dryRun: z.literal(true) });
export type DryRunAnswers = z.infer<typeof dryRunAnswersSchema>;

/** Why a whole request was refused (RFC 9457). `type` is `/problems/` and a stable word; `title` and `detail` are for people. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.optional(z.array(fieldErrorSchema)),
  items: z.optional(z.array(itemAnswerSchema)),
});

import { z } from "zod";
import type { JsonObject } from "./json.ts";
import { v3Types } from "./v3-categories.ts";

/** An ad made by hand in Blocket Admin: the API takes it over by its plate, and does not show it before. */
export const adminAdSchema = z.strictObject({
  dealerCode: z.string().min(1),
  registrationNumber: z.string().min(1),
  blocketAdId: z.string().min(1),
});

/** An ad as V3 once made it: published, in a category of V3. `document` is stored as it stands. */
export const v3AdSchema = z.strictObject({
  dealerCode: z.string().min(1),
  sourceId: z.string().min(1),
  categoryId: z.int().refine((id) => v3Types(id).length > 0, "not a category that V4 knows"),
  document: z.record(z.string(), z.json()).transform((document) => document as JsonObject),
});

/** Moves the marketplace ahead of its clock, at most a year at a time; never back. */
export const clockSchema = z.strictObject({ aheadMs: z.int().min(0).max(31_536_000_000) });

export type ClockInput = z.infer<typeof clockSchema>;
export type AdminAdInput = z.infer<typeof adminAdSchema>;
export type V3AdInput = z.infer<typeof v3AdSchema>;

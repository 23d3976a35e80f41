import * as z from "zod/mini";
import { dealerCodeSchema } from "./inventory-event.ts";
import { listingIdsSchema } from "./queue-message.ts";

/**
 * The JSON of the secret that names our sources: for each, its Standard Webhooks secrets (all of them valid at once, so
 * that a rotation loses nothing) and the dealers it may speak for.
 */
export const sourcesSecretSchema = z.record(
  z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  z.object({
    secrets: z.array(z.string().check(z.regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/))).check(z.minLength(1)),
    dealers: z.array(dealerCodeSchema).check(z.minLength(1)),
    listingIds: z._default(listingIdsSchema, "uuid"),
  }),
);
export type Sources = z.infer<typeof sourcesSecretSchema>;
export type Source = Sources[string];

/** The JSON of the secret with the API tokens. `tokenId` is a stable name, never derived from the token. */
export const tokensSecretSchema = z.array(
  z.object({
    tokenId: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
    token: z.string().check(z.minLength(1)),
    scope: z.enum(["dealer_code", "dealer_group"]),
    dealers: z.array(dealerCodeSchema).check(z.minLength(1)),
  }),
);
export type Token = z.infer<typeof tokensSecretSchema>[number];

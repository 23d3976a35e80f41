import * as z from "zod/mini";
import { dealerCodeSchema } from "./inventory-event.ts";
import { listingIdsSchema } from "./queue-message.ts";

/** 24 to 64 bytes, as Standard Webhooks asks, in base64. */
const signingSecretSchema = z.string().check(z.regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/));

/** For `X-API-Key`: printable ASCII, long enough not to be guessed. */
const apiKeySchema = z.string().check(z.regex(/^[\x21-\x7e]{32,200}$/));

/** For HTTP Basic. A colon ends the name there, so a name has none. */
const basicLoginSchema = z.object({
  username: z.string().check(z.regex(/^[^:\p{Cc}]{1,100}$/u)),
  password: z.string().check(z.regex(/^\P{Cc}{16,200}$/u)),
});

/**
 * The JSON of the secret that names our sources: for each, how it proves itself, and the dealers it may speak for. Whatever
 * proves it may stand there several times, all valid at once, so that a rotation loses nothing.
 *
 * `secrets` sign (Standard Webhooks). `apiKeys` and `basicLogins` are for systems that cannot: they prove who calls, not that
 * the body is what was sent. `requestsPerSecond` is what one container takes of the source before it answers 429.
 */
export const sourcesSecretSchema = z.record(
  z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  z
    .object({
      secrets: z._default(z.array(signingSecretSchema), []),
      apiKeys: z.optional(z.array(apiKeySchema)),
      basicLogins: z.optional(z.array(basicLoginSchema)),
      dealers: z.array(dealerCodeSchema).check(z.minLength(1)),
      listingIds: z._default(listingIdsSchema, "uuid"),
      requestsPerSecond: z.optional(z.number().check(z.positive())),
    })
    .check(
      z.refine(
        ({ secrets, apiKeys = [], basicLogins = [] }) => secrets.length + apiKeys.length + basicLogins.length > 0,
        {
          error: "A source needs at least one way to prove itself.",
          params: { code: "no-credentials" },
        },
      ),
    ),
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
    /** The day it ends, where that is known: `2027-03-31`. */
    expiresOn: z.optional(z.iso.date()),
  }),
);
export type Token = z.infer<typeof tokensSecretSchema>[number];

import * as z from "zod/mini";
import { dealerCodeSchema } from "./inventory-event.ts";
import { listingIdsSchema } from "./queue-message.ts";

/** 24 to 64 bytes, as Standard Webhooks asks, in base64. */
const signingSecretSchema = z.string().check(z.regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/));

/** For `X-API-Key`: printable ASCII, long enough not to be guessed. */
const apiKeySchema = z.string().check(z.regex(/^[\x21-\x7e]{32,200}$/));

/** Two of one name: the first one's value would go out for the dealers of both. */
const haveOwnNames = z.check<{ tokenId: string }[]>(({ value, issues }) => {
  for (const [index, { tokenId }] of value.entries()) {
    if (value.findIndex((token) => token.tokenId === tokenId) < index) {
      const message = "Another token has this name.";
      issues.push({ code: "custom", input: tokenId, path: [index, "tokenId"], message, params: { code: "taken" } });
    }
  }
});

/**
 * The schemas of both secrets, of objects made by `object`. The functions read them with `z.object`, which passes over what
 * only a later version knows, so that an update can be taken back; who checks what somebody wrote takes `z.strictObject`, so
 * that a name that is only nearly right is no setting left out.
 */
export const secretSchemas = (object: typeof z.strictObject) => ({
  sources: sourcesOf(object),
  tokens: tokensOf(object),
});

const sourcesOf = (object: typeof z.strictObject) =>
  z
    .record(
      z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
      object({
        secrets: z._default(z.array(signingSecretSchema), []),
        apiKeys: z.optional(z.array(apiKeySchema)),
        basicLogins: z.optional(z.array(basicLoginOf(object))),
        dealers: z.array(dealerCodeSchema).check(z.minLength(1)),
        listingIds: z._default(listingIdsSchema, "uuid"),
        requestsPerSecond: z.optional(z.number().check(z.positive())),
      }).check(
        z.refine(
          ({ secrets, apiKeys = [], basicLogins = [] }) => secrets.length + apiKeys.length + basicLogins.length > 0,
          {
            error: "A source needs at least one way to prove itself.",
            params: { code: "no-credentials" },
          },
        ),
      ),
    )
    .check(
      z.refine((sources) => Object.keys(sources).length > 0, {
        error: "There must be at least one source.",
        params: { code: "no-source" },
      }),
    );

/** For HTTP Basic. A colon ends the name there, so a name has none. */
const basicLoginOf = (object: typeof z.strictObject) =>
  object({
    username: z.string().check(z.regex(/^[^:\p{Cc}]{1,100}$/u)),
    password: z.string().check(z.regex(/^\P{Cc}{16,200}$/u)),
  });

const tokensOf = (object: typeof z.strictObject) =>
  z
    .array(
      object({
        tokenId: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
        token: z.string().check(z.minLength(1)),
        scope: z.enum(["dealer_code", "dealer_group"]),
        dealers: z.array(dealerCodeSchema).check(z.minLength(1)),
        /** The day it ends, where that is known: `2027-03-31`. */
        expiresOn: z.optional(z.iso.date()),
      }),
    )
    .check(z.minLength(1), haveOwnNames);

const readSchemas = secretSchemas(z.object);

/**
 * The JSON of the secret that names our sources: for each, how it proves itself, and the dealers it may speak for. Whatever
 * proves it may stand there several times, all valid at once, so that a rotation loses nothing.
 *
 * `secrets` sign (Standard Webhooks). `apiKeys` and `basicLogins` are for systems that cannot: they prove who calls, not that
 * the body is what was sent. `requestsPerSecond` is what one container takes of the source before it answers 429.
 */
export const sourcesSecretSchema = readSchemas.sources;
export type Sources = z.infer<typeof sourcesSecretSchema>;
export type Source = Sources[string];

/** The JSON of the secret with the API tokens. `tokenId` is a stable name, never derived from the token. */
export const tokensSecretSchema = readSchemas.tokens;
export type Token = z.infer<typeof tokensSecretSchema>[number];

import { z } from "zod";
import { faultKinds } from "./fault-kinds.ts";
import { type QuirkValues, quirkNames, quirks } from "./quirks.ts";

const delayMs = z.int().min(0);

export const settingsSchema = z.strictObject({
  /** From acceptance, or from the end of the ad's previous work, to the first line in the log. */
  queueDelayMs: delayMs,
  /** From that line to `done` of `create` or `update`. */
  processingDelayMs: delayMs,
  /** Between the end of one action of a request and the beginning of the next. */
  pauseDelayMs: delayMs,
  mediaDelayMs: delayMs,
  publishDelayMs: delayMs,
  unpublishDelayMs: delayMs,
  deleteDelayMs: delayMs,
  /** Of `bump` and of `boost`. */
  bumpDelayMs: delayMs,
  /** Every delay is made longer by a random part of itself, at most this many times its length; from the seed. */
  delayJitter: z.number().min(0).max(100),
  /** How every `publish` ends. For a single one there is the fault `publish-error`. */
  publishOutcome: z.enum(["done", "error"]),
  /** Images on these hosts cannot be fetched: their `handle_media` ends in `error`. */
  failingImageHosts: z.array(z.string()),
  /**
   * The named rule that only the marketplace knows: these brands are refused in every category. It stands in for the
   * lists of valid brands, models and body types, which the API checks against and which are not public.
   */
  refusedBrands: z.array(z.string()),
  /** Tokens that no longer work (401), though they were given at the start. */
  revokedTokens: z.array(z.string()),
  /** Dealers that may not renew their ads (403). Typed endpoints: "The dealer must have bump permissions". */
  dealersWithoutBump: z.array(z.string()),
  /** Rows of a page without `limit`. No document says how many. */
  defaultPageSize: z.int().min(1),
  /** The largest `limit` that is honoured; a larger one counts as this. */
  maxPageSize: z.int().min(1),
  /** Requests of one token in one second beyond which it is answered 429; null for no limit. No document has one. */
  requestsPerSecond: z.int().min(1).nullable(),
  /** The part of all requests that a random fault meets, from the seed. */
  faultRate: z.number().min(0).max(1),
  /** Which faults those are, all equally often. */
  faultKinds: z.array(z.enum(faultKinds)).min(1),
});

export type Settings = z.infer<typeof settingsSchema>;

/** A change of settings: what is not named stays. */
export type SettingsPatch = Partial<Settings> & { quirks?: Partial<QuirkValues> };

/** Delays that bring a visible ad with images through in about 1.1 s. */
export const defaultSettings: Settings = {
  queueDelayMs: 50,
  processingDelayMs: 200,
  pauseDelayMs: 50,
  mediaDelayMs: 300,
  publishDelayMs: 400,
  unpublishDelayMs: 200,
  deleteDelayMs: 200,
  bumpDelayMs: 300,
  delayJitter: 0,
  publishOutcome: "done",
  failingImageHosts: ["broken.example"],
  refusedBrands: ["trabant", "invalid_brand"],
  revokedTokens: [],
  dealersWithoutBump: [],
  defaultPageSize: 100,
  maxPageSize: 500,
  requestsPerSecond: null,
  faultRate: 0,
  faultKinds: [...faultKinds],
};

const quirkSchemas = quirkNames.map((name) => {
  const values: readonly (string | number)[] = quirks[name].alternatives;
  return [name, z.literal([...values]).optional()] as const;
});

/** Refuses unknown names and values; absent keys stay absent. */
export const settingsPatchSchema = settingsSchema
  .partial()
  .extend({ quirks: z.strictObject(Object.fromEntries(quirkSchemas)).optional() });

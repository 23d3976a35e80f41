import * as z from "zod/mini";
import { stageRules } from "#cdk/stage-rules.ts";
import { type Waits, waitsSchema } from "#shared/contracts/waits.ts";

const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const written = (form: RegExp, demand: string) => z.string().check(z.regex(form, `must be ${demand}`));
const memory = whole(128, 10_240);

/** How messages of one queue are handed to its function; SQS takes no `maxConcurrency` under 2. */
const consumptionSchema = z.strictObject({
  batchSize: whole(1, 10),
  /** How long a batch may wait to become full; every message waits up to that long. */
  batchWindowSeconds: whole(0, 300),
  maxConcurrency: whole(2, 1_000),
  maxReceiveCount: whole(1, 1_000),
});

/** What CloudWatch takes as a log's retention. */
const logRetentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 3_653];

/** More than any wait is for: a week. */
const longestWaitMs = 7 * 24 * 60 * 60_000;

/** Every wait, none left out: a function fills in what it isn't told, but a stage says what it runs with. */
const everyWait = z.strictObject(
  Object.fromEntries(
    Object.keys(waitsSchema.shape).map((name) => [name, z.number().check(z.minimum(1), z.maximum(longestWaitMs))]),
  ) as {
    [W in keyof Waits]: z.ZodMiniNumber;
  },
);

const stageFields = z.strictObject({
  /** Names both stacks, all that is kept and the metrics' namespace: two stages in one account and region need two. */
  name: written(/^[a-z][a-z0-9-]{1,40}$/, "2 to 41 of a-z, 0-9 and -, with a letter first"),
  marketplaceUrl: z.url({ protocol: /^https?$/ }),
  /** The `source` of every ad event on the bus. */
  eventSource: written(/^[A-Za-z0-9._-]{1,100}$/, "1 to 100 of A-Z, a-z, 0-9, dot, _ and -"),
  /** The poll budget, per token; see the environment variable of this name. */
  maxReadsPerSecond: z.number().check(z.minimum(0.1), z.maximum(100)),
  /** Of one ad, as the marketplace takes them; see the environment variable of this name. */
  maxPictures: whole(1, 1_000),
  /** A trial in production: every document taken while it is set goes out with `visible: false`. */
  forceHidden: z.boolean(),
  /** For the emulated account of `npm run test:deploy` alone: leaves out what the emulator lacks (`cdk/emulated.ts`). */
  emulated: z.boolean(),
  /** In milliseconds. */
  waits: everyWait,
  logRetentionDays: z
    .int()
    .check(z.refine((days) => logRetentions.includes(days), "must be a retention that CloudWatch has")),
  /** How far back the ads can be restored, to the second. */
  recoveryDays: whole(1, 35),
  /** The customer's own key for the table and the secrets; null for keys that AWS owns. */
  encryptionKeyArn: z.nullable(
    written(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, "the ARN of a KMS key, or null"),
  ),
  /** Who gets a mail when an alarm rings and when it ends; null: nobody. */
  alarmAddress: z.nullable(z.email()),
  /** Sources whose silence for a day is an alarm. */
  watchedSources: z.array(written(/^[A-Za-z0-9_-]{1,64}$/, "the name of a source")),
  /** Other AWS accounts that may keep rules of their own on the bus. */
  listenerAccounts: z.array(written(/^\d{12}$/, "the 12 digits of an AWS account")),
  /** For how many days EventBridge keeps a copy of each ad event, which it can replay itself; null: none. */
  archiveDays: z.nullable(whole(1, 3_653)),
  /** What the API takes before it answers 429. */
  requests: z.strictObject({ perSecond: whole(1, 10_000), burst: whole(1, 5_000) }),
  memoryMb: z.strictObject({ receive: memory, submit: memory, poll: memory, status: memory }),
  submit: consumptionSchema,
  poll: consumptionSchema,
});

/** A stage whose fields are right one by one. */
export type StageFields = z.infer<typeof stageFields>;

/** What may differ from one stage to another, and fit together. Everything else is the same wherever the bridge runs. */
export const stageSchema = stageFields.check(({ value, issues }) => {
  // A malformed address does not keep zod from coming here.
  const broken = issues.length > 0 ? [] : stageRules.filter(({ isBroken }) => isBroken(value));
  for (const { path, demand } of broken) {
    issues.push({ code: "custom", input: value, path, message: demand });
  }
});

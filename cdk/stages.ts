import type * as z from "zod/mini";
import { realMarketplace } from "#cdk/stage-rules.ts";
import { stageSchema } from "#cdk/stage-schema.ts";
import { productionMaxPictures } from "#shared/contracts/cut-pictures.ts";
import { checkFields } from "#shared/contracts/field-error.ts";
import { productionWaits } from "#shared/contracts/waits.ts";

export type StageSettings = z.infer<typeof stageSchema>;

/**
 * The bridge as it runs against the real marketplace.
 *
 * `submit.batchSize` calls of `callMs`, one after another, fit in the function's timeout, for all messages of a batch may be
 * about one ad. They wait a second for company, as what Lambda bills for is mostly waiting, which a batch does at once; ten
 * of them at five times are as many calls to the marketplace at once as we dare. Rounds of four tokens share an invocation
 * of `poll` side by side, eighty at once: ten thousand tokens of single dealers have as many rounds in five seconds as they
 * have open ads, and what does not fit waits.
 * `maxReceiveCount` also counts deliveries that were put off while AWS itself failed, up to five minutes each: it spans an
 * outage of an hour or two before anything becomes a dead letter.
 */
export const productionSettings: StageSettings = {
  name: "blocket-bridge",
  marketplaceUrl: realMarketplace,
  eventSource: "blocket-bridge",
  maxReadsPerSecond: 5,
  maxPictures: productionMaxPictures,
  forceHidden: false,
  emulated: false,
  waits: productionWaits,
  logRetentionDays: 30,
  recoveryDays: 35,
  encryptionKeyArn: null,
  alarmAddress: null,
  watchedSources: [],
  listenerAccounts: [],
  archiveDays: null,
  requests: { perSecond: 50, burst: 200 },
  memoryMb: { receive: 512, submit: 512, poll: 512, status: 512 },
  submit: { batchSize: 10, batchWindowSeconds: 1, maxConcurrency: 5, maxReceiveCount: 30 },
  poll: { batchSize: 4, batchWindowSeconds: 0, maxConcurrency: 20, maxReceiveCount: 20 },
};

/** The stages there are, by what `-c stage=…` calls them. `trial` is the real marketplace, where nobody sees the ads. */
export const stages: Readonly<Record<string, unknown>> = {
  production: productionSettings,
  trial: {
    ...productionSettings,
    name: "blocket-bridge-trial",
    eventSource: "blocket-bridge-trial",
    forceHidden: true,
  },
};

/** The settings of one stage. Throws one sentence that names the stage and every setting that is missing or malformed. */
export function readStage(name: unknown, known: Readonly<Record<string, unknown>> = stages): StageSettings {
  const names = Object.keys(known).join(", ");
  if (typeof name !== "string" || name === "") {
    throw new Error(`Say which stage with -c stage=<name>; cdk/stages.ts has ${names}.`);
  }
  if (!Object.hasOwn(known, name)) {
    throw new Error(`There is no stage "${name}"; cdk/stages.ts has ${names}.`);
  }
  const checked = checkFields(stageSchema, known[name]);
  if (checked.ok) {
    return checked.value;
  }
  const faults = checked.errors.map(({ pointer, message }) => {
    const setting = pointer.slice(1).replaceAll("/", ".");
    return `${setting} ${message.replace(/\.$/, "").replace(`${setting.split(".").at(-1)} `, "")}`;
  });
  throw new Error(`The stage "${name}" cannot be deployed: ${faults.join("; ")}.`);
}

import * as z from "zod/mini";
import { environment, functionVariables } from "#shared/contracts/environment.ts";
import { waitsSchema } from "#shared/contracts/waits.ts";
import { jsonOf } from "./json-variable.ts";
import { readEnvironment } from "./read-environment.ts";

const name = z.string().check(z.minLength(1));

const numberIn = (form: RegExp) =>
  z.pipe(
    z.string().check(z.regex(form)),
    z.transform((text) => Number(text)),
  );

/** What each variable must be. */
const variables = {
  adsTable: name,
  submitQueue: z.url(),
  submitDeadLetters: z.url(),
  pollQueue: z.url(),
  pollDeadLetters: z.url(),
  eventBus: name,
  eventSource: name,
  sourcesSecret: name,
  tokensSecret: name,
  marketplace: z.url(),
  waits: jsonOf(waitsSchema),
  maxReadsPerSecond: numberIn(/^\d+(\.\d+)?$/),
  maxPictures: numberIn(/^\d+$/),
  metricsNamespace: name,
  forceHidden: z.pipe(
    z.enum(["true", "false"]),
    z.transform((text) => text === "true"),
  ),
} satisfies Record<keyof typeof environment, z.ZodMiniType>;

type FunctionName = keyof typeof functionVariables;
export type FunctionConfig<F extends FunctionName> = {
  [K in (typeof functionVariables)[F][number]]: z.infer<(typeof variables)[K]>;
};

/** Reads the variables of one function. Throws one sentence that names every one that is missing or malformed. */
export function readConfig<F extends FunctionName>(env: NodeJS.ProcessEnv, functionName: F): FunctionConfig<F> {
  const keys: readonly (keyof typeof environment)[] = functionVariables[functionName];
  const shape = Object.fromEntries(keys.map((key) => [environment[key], variables[key]]));
  const read = readEnvironment<Record<string, unknown>>(env, z.object(shape));
  return Object.fromEntries(keys.map((key) => [key, read[environment[key]]])) as FunctionConfig<F>;
}

import type { FunctionName } from "#cdk/bundle.ts";
import { type environment, functionEnvironments } from "#shared/contracts/environment.ts";

type VariableName = (typeof environment)[keyof typeof environment];

/** The value of every variable there is, so that a new one can't be forgotten: it doesn't compile. */
export type Environment = Record<VariableName, string>;

/** Of all values the ones that a function reads, and no other. */
export function environmentOf(functionName: FunctionName, values: Environment): Record<string, string> {
  const names: readonly VariableName[] = functionEnvironments[functionName];
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

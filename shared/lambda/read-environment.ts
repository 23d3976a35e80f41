import type * as z from "zod/mini";
import { checkFields, type FieldError } from "#shared/contracts/field-error.ts";

/**
 * Reads a function's configuration. Throws one Error with one sentence that names every missing and every malformed
 * variable; it quotes no value.
 */
export function readEnvironment<T>(env: Readonly<Record<string, string | undefined>>, schema: z.ZodMiniType<T>): T {
  const checked = checkFields(schema, env);
  if (checked.ok) {
    return checked.value;
  }
  const missing = checked.errors.filter(({ code }) => code === "required").map(nameOf);
  const malformed = checked.errors.filter(({ code }) => code !== "required").map(describe);
  const parts = [...(missing.length > 0 ? [`missing: ${missing.join(", ")}`] : []), ...malformed];
  throw new Error(`The environment variables are not as this function needs them: ${parts.join("; ")}.`);
}

/** With the way into a variable that holds JSON. */
function nameOf({ pointer }: FieldError): string {
  return pointer.slice(1).replaceAll("/", ".");
}

function describe(error: FieldError): string {
  const [name = "", ...within] = nameOf(error).split(".");
  const message = error.message.replace(/\.$/, "");
  return within.length === 0 && message.startsWith(name) ? message : `${name}: ${message}`;
}

import type * as z from "zod/mini";
import { PoisonMessageError } from "#shared/contracts/errors.ts";
import { checkFields, type FieldError } from "#shared/contracts/field-error.ts";

const mostFaults = 5;

/** Reads a message body. What is not ours comes back as the error to settle it with; its reason quotes nothing of the body. */
export function parseMessage<M>(body: string, schema: z.ZodMiniType<M>): M | PoisonMessageError {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    return new PoisonMessageError("not JSON", { cause: error });
  }
  const checked = checkFields(schema, value);
  if (checked.ok) {
    return checked.value;
  }
  const faults = checked.errors.slice(0, mostFaults).map((error) => `${error.code} at "${placeOf(error)}"`);
  return new PoisonMessageError(`not a message of ours: ${faults.join(", ")}`);
}

/** The name of a field that we don't know is the body's. */
function placeOf({ pointer, code }: FieldError): string {
  return code === "unknown-field" ? pointer.replace(/[^/]*$/, "?") : pointer;
}

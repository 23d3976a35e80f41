import { isJsonObject, type Json, type JsonObject } from "#local/simulator/json.ts";

/** Error texts by field, nested as the body is. */
export type FieldErrors = JsonObject;

/** What is wrong with one value, as the API answers it under the field's name; null when nothing is. */
export type Check = (value: Json) => Json | null;

export const required = "This field is required.";
export const notNull = "This field may not be null.";

export function notAChoice(value: Json): string {
  return `"${typeof value === "string" ? value : JSON.stringify(value)}" is not a valid choice.`;
}

/** Enters an error at a path of field names. What already stands there stays; so does a refusal of a whole object. */
export function addError(errors: FieldErrors, path: readonly string[], error: Json): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  const there = errors[name];
  if (rest.length === 0) {
    errors[name] ??= error;
  } else if (there === undefined || isJsonObject(there)) {
    const under: FieldErrors = there ?? {};
    errors[name] = under;
    addError(under, rest, error);
  }
}

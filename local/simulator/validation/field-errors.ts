import { isJsonObject, type Json, type JsonObject } from "#local/simulator/json.ts";

/** Error texts by field, nested as the body is. */
export type FieldErrors = JsonObject;

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

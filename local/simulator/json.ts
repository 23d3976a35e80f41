/** What travels in bodies, journal lines and stored documents. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Deep merge as PUT and PATCH document it: what is not named stays, `null` clears, objects merge, arrays are replaced
 * whole. Returns a new object; neither argument changes, so that a stored document may be shared by reference.
 * A key `__proto__` is dropped: assigned to, it would become the prototype.
 */
export function mergeDeep(base: JsonObject, change: JsonObject): JsonObject {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(change)) {
    if (key === "__proto__") continue;
    if (value === null) merged.delete(key);
    else if (isJsonObject(value)) {
      const under = merged.get(key);
      merged.set(key, mergeDeep(isJsonObject(under) ? under : {}, value));
    } else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

/** Whether arrays and objects nest at most `levels` deep; deeper ones would overflow the stack of recursive readers. */
export function nestsWithin(value: Json, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (levels === 0) return false;
  return Object.values(value).every((member) => nestsWithin(member, levels - 1));
}

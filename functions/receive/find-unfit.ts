import { type FieldError, toPointer } from "#shared/contracts/field-error.ts";

/** Levels below the event; a real document has six. What is deeper could not even be written out again. */
const deepest = 32;

/**
 * Finds the first thing that JSON allows and that would not survive its way through us: half a surrogate pair, a number
 * beyond a double, a key that sets a prototype, nesting without end.
 */
export function findUnfit(value: unknown, path: readonly PropertyKey[]): FieldError | null {
  const unfit = (code: string, message: string) => ({ pointer: toPointer(path), code, message });
  if (typeof value === "string") {
    return value.isWellFormed() ? null : unfit("invalid-text", "Half a surrogate pair is not text.");
  }
  if (typeof value === "number") {
    return Number.isFinite(value) ? null : unfit("invalid-number", "The number is too large.");
  }
  if (typeof value !== "object" || value === null) {
    return null;
  }
  if (path.length > deepest) {
    return unfit("too-deep", `Nothing may be nested deeper than ${deepest} levels.`);
  }
  for (const [key, child] of Object.entries(value)) {
    const found = isFitKey(key) ? findUnfit(child, [...path, key]) : unfit("invalid-key", "A key here is not allowed.");
    if (found !== null) {
      return found;
    }
  }
  return null;
}

function isFitKey(key: string): boolean {
  return key !== "__proto__" && key.isWellFormed();
}

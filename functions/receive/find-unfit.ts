import { type FieldError, toPointer } from "#shared/contracts/field-error.ts";

/** Levels below the event; a real document has six. What is deeper could not even be written out again. */
export const deepest = 32;

/** So many are found, and then no more: a pointer may be as long as the event, and there may be as many as it has values. */
const most = 100;

/**
 * Finds what JSON allows and would not survive its way through us: half a surrogate pair, a number beyond a double, a key that
 * sets a prototype, nesting without end. Whatever else there is, nesting is found, and first: of what has a `too-deep` nothing
 * may be written as JSON.
 */
export function findUnfit(event: unknown): FieldError[] {
  if (isFit(event, deepest)) {
    return [];
  }
  const found = findTooDeep(event);
  collect(event, [], found);
  return found;
}

/** Whether there is nothing to find, as in nearly every event: so no path is kept that nobody will be told. */
function isFit(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) {
    return isFitText(value) && isFitNumber(value);
  }
  if (levels < 0) {
    return false;
  }
  if (Array.isArray(value)) {
    return value.every((child) => isFit(child, levels - 1));
  }
  for (const key in value) {
    if (!isFitKey(key) || !isFit(value[key as keyof typeof value], levels - 1)) {
      return false;
    }
  }
  return true;
}

type Place = { value: unknown; key: string; holder: Place | null };

/** Level by level and never by recursion, which is what nesting without end would exhaust. */
function findTooDeep(event: unknown): FieldError[] {
  let level: Place[] = [{ value: event, key: "", holder: null }];
  for (let depth = 0; depth <= deepest; depth++) {
    level = level.flatMap(nestedIn);
  }
  const message = `Nothing may be nested deeper than ${deepest} levels.`;
  return level.slice(0, most).map((place) => ({ pointer: toPointer(pathOf(place)), code: "too-deep", message }));
}

function nestedIn(holder: Place): Place[] {
  return Object.entries(holder.value ?? {})
    .filter(([, value]) => typeof value === "object" && value !== null)
    .map(([key, value]) => ({ value, key, holder }));
}

/** As far as it may be told: to what holds a key that is unfit. */
function pathOf(place: Place): string[] {
  const path: string[] = [];
  for (let at = place; at.holder !== null; at = at.holder) {
    path.unshift(at.key);
  }
  const unfit = path.findIndex((key) => !isFitKey(key));
  return unfit === -1 ? path : path.slice(0, unfit);
}

function collect(value: unknown, path: readonly PropertyKey[], found: FieldError[]): void {
  const add = (code: string, message: string) => void found.push({ pointer: toPointer(path), code, message });
  if (!isFitText(value)) {
    add("invalid-text", "Half a surrogate pair is not text.");
  } else if (!isFitNumber(value)) {
    add("invalid-number", "The number is too large.");
  }
  if (typeof value !== "object" || value === null || path.length > deepest) {
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    if (found.length >= most) {
      return;
    }
    isFitKey(key) ? collect(child, [...path, key], found) : add("invalid-key", "A key here is not allowed.");
  }
}

const isFitText = (value: unknown) => typeof value !== "string" || value.isWellFormed();

/** JSON can write a number that no double holds; it is read as infinite. */
const isFitNumber = (value: unknown) => typeof value !== "number" || Number.isFinite(value);

function isFitKey(key: string): boolean {
  return key !== "__proto__" && key.isWellFormed();
}

/**
 * What an event's rules found, beside what is unfit in it: of a value that is unfit they say nothing more, and no key that is
 * unfit is named.
 */
export function beside(unfit: readonly FieldError[], errors: readonly FieldError[]): FieldError[] {
  if (unfit.length === 0) {
    return [...errors];
  }
  const values = new Set(unfit.filter(({ code }) => code !== "invalid-key").map(({ pointer }) => pointer));
  const others = errors.filter(({ pointer }) => !values.has(pointer) && pointer.split("/").every(isFitKey));
  return [...unfit, ...others];
}

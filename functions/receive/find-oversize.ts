import type { FieldError } from "#shared/contracts/field-error.ts";
import { limits } from "#shared/contracts/inventory-event.ts";
import { deepest } from "./find-unfit.ts";

/**
 * Finds whether a document is larger than is taken; to be asked before it is judged. A body has room for more faults than
 * the stack has, and this much of it has not: two bytes of JSON at least go into each.
 */
export function findOversize(document: unknown, { isTooDeep }: { isTooDeep: boolean }): FieldError[] {
  if (!isTooDeep && mostBytes(document) <= limits.documentBytes) {
    return [];
  }
  // What is too deep to be written is measured without what makes it so: no rule looks there.
  const writable = isTooDeep ? cutDeep(document, deepest) : document;
  const bytes = writable === undefined ? 0 : Buffer.byteLength(JSON.stringify(writable));
  if (bytes <= limits.documentBytes) {
    return [];
  }
  const message = `The document has ${bytes} bytes as JSON; at most ${limits.documentBytes} are taken.`;
  return [{ pointer: "/data/ad", code: "too-large", message }];
}

/** A number as JSON, the longest; `null` and `false` are shorter. */
const longestNumber = 24;

/** At least as many bytes as it has as JSON, found without writing it: a unit of text takes six at most, escaped. */
function mostBytes(value: unknown): number {
  if (typeof value === "string") {
    return 6 * value.length + 2;
  }
  if (typeof value !== "object" || value === null) {
    return longestNumber;
  }
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, child) => sum + mostBytes(child) + 1, 2);
  }
  let bytes = 2;
  for (const key in value) {
    bytes += mostBytes(key) + mostBytes(value[key as keyof typeof value]) + 2;
  }
  return bytes;
}

function cutDeep(value: unknown, levels: number): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const cut = (child: unknown) => (levels === 0 ? null : cutDeep(child, levels - 1));
  return Array.isArray(value)
    ? value.map(cut)
    : Object.fromEntries(Object.entries(value).map(([key, child]) => [key, cut(child)]));
}

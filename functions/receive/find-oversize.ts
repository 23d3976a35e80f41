import type { FieldError } from "#shared/contracts/field-error.ts";
import { limits } from "#shared/contracts/inventory-event.ts";
import { deepest } from "./find-unfit.ts";

/**
 * Finds whether a document is larger than is taken; to be asked before it is judged. A body has room for more faults than
 * the stack has, and this much of it has not: two bytes of JSON at least go into each.
 */
export function findOversize(document: unknown, { isTooDeep }: { isTooDeep: boolean }): FieldError[] {
  // What is too deep to be written is measured without what makes it so: no rule looks there.
  const writable = isTooDeep ? cutDeep(document, deepest) : document;
  const bytes = writable === undefined ? 0 : Buffer.byteLength(JSON.stringify(writable));
  if (bytes <= limits.documentBytes) {
    return [];
  }
  const message = `The document has ${bytes} bytes as JSON; at most ${limits.documentBytes} are taken.`;
  return [{ pointer: "/data/ad", code: "too-large", message }];
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

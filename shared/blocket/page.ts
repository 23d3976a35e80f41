import * as z from "zod/mini";

const envelopeSchema = z.object({
  results: z.array(z.unknown()),
  count: z.catch(z.nullable(z.int().check(z.nonnegative())), null),
});

/** One page of a list. `count` is how many items all pages hold together, where the answer says so. */
export type Page = { items: readonly unknown[]; count: number | null };

/**
 * Reads a page in the envelope of Django REST framework (`{count, next, previous, results}`), which the API's error texts
 * point to, or as a bare array; null when it is neither. `next` is never looked at: it could lead elsewhere, token and all.
 */
export function parsePage(value: unknown): Page | null {
  if (Array.isArray(value)) {
    return { items: value, count: null };
  }
  const { success, data } = envelopeSchema.safeParse(value);
  return success ? { items: data.results, count: data.count } : null;
}

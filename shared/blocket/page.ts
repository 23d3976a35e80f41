import * as z from "zod/mini";

const envelopeSchema = z.object({
  results: z.array(z.unknown()),
  count: z.catch(z.nullable(z.int().check(z.nonnegative())), null),
  next: z.optional(z.unknown()),
});

/** One page of a list. `count` is how many items all pages hold together, `hasNext` whether there is one more; null where the answer doesn't say. */
export type Page = { items: readonly unknown[]; count: number | null; hasNext: boolean | null };

/**
 * Reads a page in the envelope of Django REST framework (`{count, next, previous, results}`), which the API's error texts
 * point to, or as a bare array; null when it is neither. Where `next` leads is never looked at: it could be elsewhere, token and all.
 */
export function parsePage(value: unknown): Page | null {
  if (Array.isArray(value)) {
    return { items: value, count: null, hasNext: null };
  }
  const { success, data } = envelopeSchema.safeParse(value);
  if (!success) {
    return null;
  }
  const hasNext = data.next === undefined ? null : data.next !== null;
  return { items: data.results, count: data.count, hasNext };
}

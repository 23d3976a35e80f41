import * as z from "zod/mini";

const envelopeSchema = z.object({
  results: z.array(z.unknown()),
  count: z.catch(z.nullable(z.int().check(z.nonnegative())), null),
  next: z.optional(z.unknown()),
});

/** One page of a list. `count` is how many items all pages hold together, where the answer says so; `hasNext`: there is one more. */
export type Page = { items: readonly unknown[]; count: number | null; hasNext: boolean };

/**
 * Reads a page in the envelope of Django REST framework (`{count, next, previous, results}`), which the API's error texts
 * point to, or as a bare array; null when it is neither. Where `next` leads is never looked at: it could be elsewhere, token and all.
 */
export function parsePage(value: unknown): Page | null {
  if (Array.isArray(value)) {
    return { items: value, count: null, hasNext: false };
  }
  const { success, data } = envelopeSchema.safeParse(value);
  return success ? { items: data.results, count: data.count, hasNext: (data.next ?? null) !== null } : null;
}

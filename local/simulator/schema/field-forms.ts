import { z } from "zod";
import { notAChoice, notNull, required } from "./issue-text.ts";

/** A text for a wrong form that leaves "required" and "may not be null" to what is missing. */
function orMissing(text: string) {
  return ({ input }: { input?: unknown }) => (input === undefined ? required : input === null ? notNull : text);
}

export function text(longest: number, shortest = 0): z.ZodType {
  return shortest === 0 ? z.string().max(longest) : z.string().min(shortest).max(longest);
}

export function whole(least: number, most: number): z.ZodType {
  return z
    .int({ error: orMissing("A valid integer is required.") })
    .min(least)
    .max(most);
}

export function filledText(longest: number): z.ZodType {
  return z.string().regex(/\S/, "This field may not be blank.").max(longest);
}

export function pattern(expression: RegExp, wrong: string): z.ZodType {
  return z.string({ error: orMissing(wrong) }).regex(expression, wrong);
}

export function url(protocol: RegExp): z.ZodType {
  const wrong = "Enter a valid URL.";
  return z.url({ protocol, error: orMissing(wrong) }).max(2048, wrong);
}

/**
 * Free text is refused where the API has lists of slugs: these are not public, so what looks like a slug passes.
 * Typed endpoints, "Vehicle field values": "each with an `id` (slug) and `name`".
 */
export const slug: z.ZodType = z
  .string({ error: (issue) => orMissing(notAChoice(issue.input))(issue) })
  .regex(/^[\p{Ll}\p{N}]+([_-][\p{Ll}\p{N}]+)*$/u, { error: ({ input }) => notAChoice(input) });

/** Kilometres, horsepower, kilograms: a number that is not negative, with its unit. */
export function measure(...units: [string, ...string[]]): z.ZodType {
  return z.looseObject({
    unit: z.enum(units).nullish(),
    value: z.number().min(0, "A valid number is required.").nullish(),
  });
}

/** A number, or one as text: the typed endpoints say string and show numbers. */
export function coordinate(most: number): z.ZodType {
  const wrong = "A valid number is required.";
  const inText = z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .refine((value) => Math.abs(Number(value)) <= most);
  return z.union([z.number().min(-most).max(most), inText], { error: orMissing(wrong) });
}

/** A field that must not be there at all, not even as null. */
export function neverSent(wrong: string): z.ZodType {
  return z.never({ error: wrong }).optional();
}

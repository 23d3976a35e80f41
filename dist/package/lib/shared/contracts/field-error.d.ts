import * as z from "zod/mini";
/** One thing wrong with an inventory event: where (a JSON pointer into the CloudEvent), a stable code, and words for a person. */
export declare const fieldErrorSchema: z.ZodMiniObject<{
    pointer: z.ZodMiniString<string>;
    code: z.ZodMiniString<string>;
    message: z.ZodMiniString<string>;
}, z.core.$strip>;
export type FieldError = z.infer<typeof fieldErrorSchema>;
export type Checked<T> = {
    ok: true;
    value: T;
} | {
    ok: false;
    errors: FieldError[];
};
/**
 * Parses a value that came out of JSON. All faults come back: one per field and, for unknown keys, one per key. `at` is
 * where the value stands in what the pointers point into.
 *
 * A rule's own words (its `error`) are used as they are; all others are made here and not by zod's locale, which is a setting
 * of the whole process. They quote nothing of the value but its unknown keys.
 */
export declare function checkFields<T>(schema: z.ZodMiniType<T>, value: unknown, at?: readonly PropertyKey[]): Checked<T>;
/** A JSON pointer (RFC 6901) for a path of keys and indexes; the empty path is "". */
export declare function toPointer(path: readonly PropertyKey[]): string;

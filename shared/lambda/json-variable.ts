import * as z from "zod/mini";

/** A variable whose text is JSON of another schema. */
export function jsonOf<T extends z.ZodMiniType>(schema: T) {
  const text = z.pipe(
    z.string(),
    z.transform((value, payload) => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        payload.issues.push({ code: "custom", input: value, message: "must be JSON" });
        return z.NEVER;
      }
    }),
  );
  return z.pipe(text, schema);
}

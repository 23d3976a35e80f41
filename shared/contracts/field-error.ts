import { z } from "zod/mini";

/** One thing wrong with an inventory event: where (a JSON pointer into the CloudEvent), a stable code, and words for a person. */
export const fieldErrorSchema = z.object({
  pointer: z.string(),
  code: z.string(),
  message: z.string(),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** A JSON pointer (RFC 6901) for a path of keys and indexes; the empty path is "". */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** All the faults of a failed parse, one per field and, for unknown keys, one per key. */
export function toFieldErrors(error: z.core.$ZodError, at: readonly PropertyKey[] = []): FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = [...at, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        pointer: toPointer([...path, key]),
        code: "unknown-field",
        message: `"${key}" is not a field we know here.`,
      }));
    }
    return [{ pointer: toPointer(path), code: codeOf(issue), message: issue.message }];
  });
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "custom") {
    return typeof issue.params?.code === "string" ? issue.params.code : "invalid";
  }
  if (issue.code === "invalid_type" && issue.input === undefined) {
    return "required";
  }
  return issue.code.replaceAll("_", "-");
}

import * as z from "zod/mini";
import { describeUnknownField } from "./unknown-field.ts";

/** One thing wrong with an inventory event: where (a JSON pointer into the CloudEvent), a stable code, and words for a person. */
export const fieldErrorSchema = z.object({
  pointer: z.string(),
  code: z.string(),
  message: z.string(),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

export type Checked<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] };

type Issue = z.core.$ZodIssue;

/**
 * Parses a value that came out of JSON. All faults come back: one per field and, for unknown keys, one per key. `at` is
 * where the value stands in what the pointers point into.
 *
 * A rule's own words (its `error`) are used as they are; all others are made here and not by zod's locale, which is a setting
 * of the whole process. They quote nothing of the value but its unknown keys.
 */
export function checkFields<T>(schema: z.ZodMiniType<T>, value: unknown, at: readonly PropertyKey[] = []): Checked<T> {
  const parsed = schema.safeParse(value, { reportInput: true, error: () => noWords });
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, errors: parsed.error.issues.flatMap((issue) => faultsOf(issue, [...at, ...issue.path])) };
}

/** What an issue says whose rule has no words of its own. */
const noWords = "";

/** A JSON pointer (RFC 6901) for a path of keys and indexes; the empty path is "". */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** A pointer of so many characters at most: cut behind a whole step, so that it leads to what holds the place, and not elsewhere. */
export function cutPointer(pointer: string, longest: number): string {
  return pointer.length <= longest ? pointer : pointer.slice(0, pointer.lastIndexOf("/", longest));
}

function faultsOf(issue: Issue, path: PropertyKey[]): FieldError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: toPointer([...path, key]),
      code: "unknown-field",
      message: describeUnknownField(key),
    }));
  }
  if (issue.code === "custom") {
    const code = typeof issue.params?.code === "string" ? issue.params.code : "invalid";
    return [{ pointer: toPointer(path), code, message: issue.message }];
  }
  const [code, demand] = isMissing(issue) ? ["required", "is required"] : demandOf(issue);
  const isOurs = isMissing(issue) || issue.message === noWords;
  return [{ pointer: toPointer(path), code, message: isOurs ? `${subjectOf(path)} ${demand}.` : issue.message }];
}

/** JSON knows no undefined, so an undefined input is a field that isn't there. */
function isMissing(issue: Issue): boolean {
  if (!("input" in issue)) {
    return false;
  }
  const isTag = issue.code === "invalid_union" && issue.discriminator !== undefined;
  return (isTag ? (issue.input as Record<string, unknown>)[issue.discriminator] : issue.input) === undefined;
}

function subjectOf(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (typeof last !== "number") {
    return last === undefined ? "This" : String(last);
  }
  return path.length === 1 ? `Element ${last}` : `${subjectOf(path.slice(0, -1))}[${last}]`;
}

/** Code and predicate: what the field would have to be. */
function demandOf(issue: Issue): [code: string, demand: string] {
  switch (issue.code) {
    case "invalid_type":
      if (issue.expected === "never") {
        return ["not-for-this-type", "must not be sent for this vehicle type"];
      }
      return ["invalid-type", `must be ${typeNames[issue.expected] ?? issue.expected}`];
    case "invalid_value":
      return ["invalid-value", `must be ${listed(issue.values)}`];
    case "invalid_union":
      return "options" in issue && issue.options !== undefined
        ? ["invalid-value", `must be ${listed(issue.options)}`]
        : ["invalid", "is not valid"];
    case "invalid_format":
      return ["invalid-format", formatDemandOf(issue)];
    case "too_small":
      return ["too-small", boundDemandOf(issue.origin, "at least", issue.minimum)];
    case "too_big":
      return ["too-big", boundDemandOf(issue.origin, "at most", issue.maximum)];
    default:
      return [issue.code.replaceAll("_", "-"), "is not valid"];
  }
}

const typeNames: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};

function listed(values: readonly unknown[]): string {
  const names = values.map((value) => JSON.stringify(value));
  return names.length > 1 ? `one of ${names.join(", ")}` : String(names[0]);
}

function formatDemandOf(issue: { format: string; pattern?: string | undefined }): string {
  switch (issue.format) {
    case "email":
      return "must be an e-mail address";
    case "url":
      return "must be a whole address (URL)";
    case "datetime":
      return 'must be a time like "2026-11-21T08:30:00Z"';
    default:
      return issue.pattern === undefined ? `must be a valid ${issue.format}` : `must match ${issue.pattern}`;
  }
}

function boundDemandOf(origin: string, relation: string, bound: number | bigint): string {
  if (origin === "string") {
    return relation === "at least" && Number(bound) === 1
      ? "must not be empty"
      : `must have ${relation} ${bound} characters`;
  }
  return origin === "array" ? `must have ${relation} ${bound} entries` : `must be ${relation} ${bound}`;
}

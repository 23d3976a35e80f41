import * as z from "zod/mini";
import { describeUnknownField } from "./unknown-field.js";
const fieldErrorSchema = z.object({
  pointer: z.string(),
  code: z.string(),
  message: z.string()
});
function checkFields(schema, value, at = []) {
  const parsed = schema.safeParse(value, { reportInput: true, error: () => noWords });
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, errors: parsed.error.issues.flatMap((issue) => faultsOf(issue, [...at, ...issue.path])) };
}
const noWords = "";
function toPointer(path) {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
function faultsOf(issue, path) {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: toPointer([...path, key]),
      code: "unknown-field",
      message: describeUnknownField(key)
    }));
  }
  if (issue.code === "custom") {
    const code2 = typeof issue.params?.code === "string" ? issue.params.code : "invalid";
    return [{ pointer: toPointer(path), code: code2, message: issue.message }];
  }
  const [code, demand] = isMissing(issue) ? ["required", "is required"] : demandOf(issue);
  const isOurs = isMissing(issue) || issue.message === noWords;
  return [{ pointer: toPointer(path), code, message: isOurs ? `${subjectOf(path)} ${demand}.` : issue.message }];
}
function isMissing(issue) {
  if (!("input" in issue)) {
    return false;
  }
  const isTag = issue.code === "invalid_union" && issue.discriminator !== void 0;
  return (isTag ? issue.input[issue.discriminator] : issue.input) === void 0;
}
function subjectOf(path) {
  const last = path.at(-1);
  if (typeof last !== "number") {
    return last === void 0 ? "This" : String(last);
  }
  return path.length === 1 ? `Element ${last}` : `${subjectOf(path.slice(0, -1))}[${last}]`;
}
function demandOf(issue) {
  switch (issue.code) {
    case "invalid_type":
      if (issue.expected === "never") {
        return ["not-for-this-type", "must not be sent for this vehicle type"];
      }
      return ["invalid-type", `must be ${typeNames[issue.expected] ?? issue.expected}`];
    case "invalid_value":
      return ["invalid-value", `must be ${listed(issue.values)}`];
    case "invalid_union":
      return "options" in issue && issue.options !== void 0 ? ["invalid-value", `must be ${listed(issue.options)}`] : ["invalid", "is not valid"];
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
const typeNames = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list"
};
function listed(values) {
  const names = values.map((value) => JSON.stringify(value));
  return names.length > 1 ? `one of ${names.join(", ")}` : String(names[0]);
}
function formatDemandOf(issue) {
  switch (issue.format) {
    case "email":
      return "must be an e-mail address";
    case "url":
      return "must be a whole address (URL)";
    case "datetime":
      return 'must be a time like "2026-11-21T08:30:00Z"';
    default:
      return issue.pattern === void 0 ? `must be a valid ${issue.format}` : `must match ${issue.pattern}`;
  }
}
function boundDemandOf(origin, relation, bound) {
  if (origin === "string") {
    return relation === "at least" && Number(bound) === 1 ? "must not be empty" : `must have ${relation} ${bound} characters`;
  }
  return origin === "array" ? `must have ${relation} ${bound} entries` : `must be ${relation} ${bound}`;
}
export {
  checkFields,
  fieldErrorSchema,
  toPointer
};

import { problems } from "./problems.ts";
import type { Form } from "./read-events.ts";

const forms: ReadonlyMap<string, Form> = new Map([
  ["application/cloudevents+json", "one"],
  ["application/cloudevents-batch+json", "batch"],
  ["application/json", "either"],
]);

/** In characters; a real content type has fifty. It is read before anybody is known to be authentic. */
const longestContentType = 200;

/** Reads off the headers (names in lower case) what the body should hold; throws a ProblemError (415) for what we don't take. */
export function readForm(headers: Readonly<Record<string, string>>): Form {
  const contentType = headers["content-type"] ?? "";
  if (contentType.length > longestContentType) {
    throw problems.contentType();
  }
  const [mediaType = "", ...parameters] = contentType
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  if (headers["ce-specversion"] !== undefined && !mediaType.startsWith("application/cloudevents")) {
    throw problems.binaryMode();
  }
  const form = forms.get(mediaType);
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  if (form === undefined || !(charset === undefined || /^charset="?utf-8"?$/.test(charset))) {
    throw problems.contentType();
  }
  if ((headers["content-encoding"] ?? "identity").toLowerCase() !== "identity") {
    throw problems.contentEncoding();
  }
  return form;
}

/**
 * Whether the events are only to be judged. Throws a ProblemError (400) for a name or a value that might mean either: a dry run
 * taken for a real one would put cars up for sale.
 */
export function isDryRun(query: URLSearchParams): boolean {
  if ([...query.keys()].some((name) => name !== "dry-run" && /^dry[\s_-]*run$/i.test(name.trim()))) {
    throw problems.unclearDryRun();
  }
  const values = query.getAll("dry-run");
  if (values.length === 0 || values.every((value) => value === "false")) {
    return false;
  }
  if (values.every((value) => value === "" || value === "true")) {
    return true;
  }
  throw problems.unclearDryRun();
}

/** Whether the caller asked (RFC 7240) for all or nothing instead of item by item. */
export function prefersStrict(headers: Readonly<Record<string, string>>): boolean {
  return (headers.prefer ?? "")
    .split(",")
    .some((preference) => /^\s*handling\s*=\s*"?strict"?\s*(;|$)/i.test(preference));
}

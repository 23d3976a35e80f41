import { problems } from "./problems.ts";
import type { Form } from "./read-events.ts";

const forms: ReadonlyMap<string, Form> = new Map([
  ["application/cloudevents+json", "one"],
  ["application/cloudevents-batch+json", "batch"],
  ["application/json", "either"],
]);

/** Reads off the headers (names in lower case) what the body should hold; throws a ProblemError (415) for what we don't take. */
export function readForm(headers: Readonly<Record<string, string>>): Form {
  const [mediaType = "", ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(/\s*;\s*/);
  if (headers["ce-specversion"] !== undefined && !mediaType.startsWith("application/cloudevents")) {
    throw problems.binaryMode();
  }
  const form = forms.get(mediaType.trim());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  if (form === undefined || !(charset === undefined || /^charset="?utf-8"?\s*$/.test(charset))) {
    throw problems.contentType();
  }
  if ((headers["content-encoding"] ?? "identity").toLowerCase() !== "identity") {
    throw problems.contentEncoding();
  }
  return form;
}

/** Whether the caller asked (RFC 7240) for all or nothing instead of item by item. */
export function prefersStrict(headers: Readonly<Record<string, string>>): boolean {
  return (headers.prefer ?? "")
    .split(",")
    .some((preference) => /^\s*handling\s*=\s*"?strict"?\s*(;|$)/i.test(preference));
}

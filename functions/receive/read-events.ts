import { type Checked, checkFields, type FieldError, toPointer } from "#shared/contracts/field-error.ts";
import { type Envelope, envelopeSchema, limits } from "#shared/contracts/inventory-event.ts";
import { cutErrors } from "./cut-errors.ts";
import { problems } from "./problems.ts";

/** What gzip begins with, and no JSON does. */
const gzipMark = [0x1f, 0x8b];

/** What the content type promises: one event, a batch, or (application/json) either. */
export type Form = "one" | "batch" | "either";

/**
 * The CloudEvents of a body. Throws a ProblemError when it isn't JSON, or when any of them lacks what makes a CloudEvent. What
 * else may be wrong with one is its own matter, and no reason to turn away the others.
 */
export function readEvents(body: Buffer, form: Form): Envelope[] {
  const value = parseJson(body);
  const isBatch = Array.isArray(value);
  if (form !== "either" && isBatch !== (form === "batch")) {
    throw problems.wrongForm(form);
  }
  const elements: unknown[] = isBatch ? value : [value];
  if (elements.length > limits.batchEvents) {
    throw problems.tooManyEvents(elements.length);
  }
  const events: Envelope[] = [];
  const errors: FieldError[] = [];
  for (const [place, element] of elements.entries()) {
    const checked = checkEnvelope(element, isBatch ? [place] : []);
    checked.ok ? events.push(checked.value) : errors.push(...checked.errors);
  }
  if (errors.length > 0) {
    throw problems.notCloudEvents(cutErrors(errors));
  }
  return events;
}

/** JSON is UTF-8 and nothing else; a lenient decoder would let different bytes through as the same text. */
function parseJson(body: Buffer): unknown {
  if (body[0] === gzipMark[0] && body[1] === gzipMark[1]) {
    throw problems.contentEncoding();
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    throw problems.notJson(error);
  }
}

function checkEnvelope(element: unknown, at: number[]): Checked<Envelope> {
  const checked = checkFields(envelopeSchema, element, at);
  if (!checked.ok || checked.value.id.isWellFormed()) {
    return checked;
  }
  const message = "id holds half a surrogate pair, which is not text.";
  return { ok: false, errors: [{ pointer: toPointer([...at, "id"]), code: "invalid-text", message }] };
}

import { type Checked, checkFields, type FieldError, toPointer } from "#shared/contracts/field-error.ts";
import { type CloudEvent, cloudEventSchema, limits } from "#shared/contracts/inventory-event.ts";
import { cutErrors } from "./cut-errors.ts";
import { problems } from "./problems.ts";

/** What gzip begins with, and no JSON does. */
const gzipMark = [0x1f, 0x8b];

/** What the content type promises: one event, a batch, or (application/json) either. */
export type Form = "one" | "batch" | "either";

/** The CloudEvents of a body. Throws a ProblemError when it isn't JSON, or when any of them isn't a CloudEvents 1.0 envelope. */
export function readEvents(body: Buffer, form: Form): CloudEvent[] {
  const value = parseJson(body);
  const isBatch = Array.isArray(value);
  if (form !== "either" && isBatch !== (form === "batch")) {
    throw problems.wrongForm(form);
  }
  const elements: unknown[] = isBatch ? value : [value];
  if (elements.length > limits.batchEvents) {
    throw problems.tooManyEvents(elements.length);
  }
  const events: CloudEvent[] = [];
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

function checkEnvelope(element: unknown, at: number[]): Checked<CloudEvent> {
  const checked = checkFields(cloudEventSchema, element, at);
  if (!checked.ok) {
    return checked;
  }
  const event = checked.value;
  const garbled = (["id", "source", "type", "sequence"] as const).filter(
    (name) => event[name]?.isWellFormed() === false,
  );
  const errors = garbled.map((name) => ({
    pointer: toPointer([...at, name]),
    code: "invalid-text",
    message: `${name} holds half a surrogate pair, which is not text.`,
  }));
  return errors.length > 0 ? { ok: false, errors } : checked;
}

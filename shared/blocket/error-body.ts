import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import { toPointer } from "#shared/contracts/field-error.ts";
import { clipText } from "./clip-text.ts";
import { isJsonObject, parseJson } from "./parse-json.ts";

const mostErrors = 50;
const longestMessage = 500;
const longestQuote = 200;
/** Deeper than any document of the API; far less than what overflows the stack. */
const mostLevels = 20;

type Path = readonly string[];
type Complaint = { path: Path; text: string };

/**
 * The complaints of an error answer, never none, at most 50.
 *
 * Reads every shape the documents show (typed-endpoints document, "Error Format"; implementation guide, 401 to 409): a bare
 * array of texts, `{detail}`, `{non_field_errors}`, and texts by field nested at any depth, through arrays of objects
 * too. What is not JSON is quoted: its status and 200 characters of it.
 */
export function parseErrorBody(status: number, body: string): MarketplaceError[] {
  const value = parseJson(body);
  if (value === undefined) {
    const quote = clipText(body.replace(/\s+/g, " ").trim(), longestQuote);
    return [toError({ path: [], text: `HTTP ${status}${quote === "" ? " without a reason" : `: ${quote}`}` })];
  }
  const complaints = findComplaints(value, []);
  if (complaints.length === 0) {
    return [toError({ path: [], text: `HTTP ${status} without a reason` })];
  }
  if (complaints.length <= mostErrors) {
    return complaints.map(toError);
  }
  const left = complaints.length - mostErrors + 1;
  const rest = { code: "more-errors", pointer: null, message: `${left} more errors were left out.` };
  return [...complaints.slice(0, mostErrors - 1).map(toError), rest];
}

function findComplaints(value: unknown, path: Path): Complaint[] {
  if (path.length > mostLevels) {
    return [{ path, text: "(nested too deeply to show)" }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((member, index) => findComplaints(member, isNested(member) ? [...path, String(index)] : path));
  }
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([key, member]) =>
      findComplaints(member, namesNoField(key, path) ? path : [...path, key]),
    );
  }
  return [{ path, text: String(value) }];
}

function namesNoField(key: string, path: Path): boolean {
  return key === "non_field_errors" || (key === "detail" && path.length === 0);
}

function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function toError({ path, text }: Complaint): MarketplaceError {
  return {
    code: codeOf(text),
    pointer: path.length === 0 ? null : clipText(toPointer(path), longestMessage),
    message: clipText(text, longestMessage),
  };
}

/** From the texts that the documents show, word for word; any other complaint is a plain `refused`. */
function codeOf(text: string): string {
  if (text === "This field is required.") {
    return "required";
  }
  if (text.endsWith("is not a valid choice.")) {
    return "invalid-choice";
  }
  if (text.endsWith("already exists.")) {
    return "exists";
  }
  return text.startsWith("Ad has been deleted") ? "deleted" : "refused";
}

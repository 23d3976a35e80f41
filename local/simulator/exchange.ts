import type { Json } from "./json.ts";

/** One request as the core takes it. */
export interface ApiRequest {
  method: string;
  /** Without `/pro-import-api` and without the query, percent-encoded as it came. */
  path: string;
  /** As sent, without the question mark. */
  query: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** False where the bytes of the body were not UTF-8, so that `body` is not what was sent. */
  isUtf8?: false;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** The texts of a refusal that belongs to no field; `body` has them as a bare array. */
  fieldless?: readonly string[];
}

/**
 * What becomes of the connection: an answer, at once or late; the beginning of one; silence; or the connection closed
 * without an answer. `cut` has the whole answer, of which half of the body is sent before the connection is closed.
 */
export type Outcome =
  | ({ kind: "respond"; delayMs?: number } & Reply)
  | ({ kind: "cut" } & Reply)
  | { kind: "hang" }
  | { kind: "drop" };

export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

/** The shape of every error that belongs to no field. */
export function detailReply(status: number, detail: string, headers?: Record<string, string>): Reply {
  return jsonReply(status, { detail }, headers);
}

export function notFound(): Reply {
  return detailReply(404, "Not found.");
}

export function forbidden(): Reply {
  return detailReply(403, "You do not have permission to perform this action.");
}

/** A refusal with errors by field, or with the bare array that the API uses for violated business rules. */
export function refusal(errors: Json): Reply {
  const reply = jsonReply(400, errors);
  return Array.isArray(errors) ? { ...reply, fieldless: errors.map(String) } : reply;
}

/** What a gateway in front of the API would show. */
export function htmlReply(status: number): Reply {
  const body = `<html>\n<head><title>${status}</title></head>\n<body><center><h1>${status}</h1></center></body>\n</html>\n`;
  return { status, headers: { "content-type": "text/html" }, body };
}

export const duplicateSourceId = { source_id: ["Ad with this source_id already exists."] };
export const deletedRefusal = ["Ad has been deleted, cannot update"];

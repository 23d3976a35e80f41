import type { ValidateReply } from "#shared/ad/marketplace.ts";
import { parseErrorBody } from "./error-body.ts";
import type { HttpOutcome } from "./http-call.ts";
import { parseRetryAfter } from "./retry-after.ts";

/**
 * What the marketplace says of a document it was only to check. A 404 or 405 means that it can't, never that the document
 * is invalid: older documents know the endpoint under another path.
 */
export function toValidateReply(outcome: HttpOutcome, now: number): ValidateReply {
  if (outcome.kind !== "answer") {
    return { kind: "failed", reason: outcome.reason, retryAfterMs: null };
  }
  const { status, headers, body } = outcome;
  if (status >= 200 && status < 300) {
    return { kind: "valid" };
  }
  if (status === 401) {
    return { kind: "unauthorized" };
  }
  if (status === 404 || status === 405) {
    return { kind: "unavailable" };
  }
  if (status === 400 || status === 403 || status === 409 || status === 422) {
    return { kind: "refused", errors: parseErrorBody(status, body) };
  }
  return { kind: "failed", reason: `HTTP ${status}`, retryAfterMs: parseRetryAfter(headers["retry-after"], now) };
}

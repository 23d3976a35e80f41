import type { Call } from "#shared/ad/ad.ts";
import type { Reply } from "#shared/ad/marketplace.ts";
import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import { parseErrorBody } from "./error-body.ts";
import type { HttpAnswer, HttpOutcome } from "./http-call.ts";
import { isJsonObject, parseJson } from "./parse-json.ts";
import { parseRetryAfter } from "./retry-after.ts";

/**
 * What a write came to, judged by its status. The documents know 200, 201, 400, 401, 403 and 404 (typed-endpoints
 * document, "HTTP Status Codes") and 409 (implementation guide); the others are read as HTTP means them.
 */
export function toReply(call: Call, outcome: HttpOutcome, now: number): Reply {
  switch (outcome.kind) {
    case "not-sent":
      return { kind: "not-made", retryAfterMs: null, reason: outcome.reason, throttled: false };
    case "lost":
      return { kind: "in-doubt", reason: outcome.reason };
    case "answer":
      return judgeAnswer(call, outcome, now);
  }
}

function judgeAnswer(call: Call, answer: HttpAnswer, now: number): Reply {
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) {
    return judgeSuccess(answer);
  }
  if (status === 401) {
    return { kind: "unauthorized" };
  }
  if (status === 403) {
    return { kind: "forbidden" };
  }
  if (status === 404) {
    return { kind: "not-found" };
  }
  if (status === 429) {
    const retryAfterMs = parseRetryAfter(headers["retry-after"], now);
    return { kind: "not-made", retryAfterMs, reason: "HTTP 429", throttled: true };
  }
  if (status === 408 || status < 200 || (status >= 300 && status < 400) || status >= 500) {
    return { kind: "in-doubt", reason: `HTTP ${status}` };
  }
  const errors = parseErrorBody(status, body);
  return { kind: call === "post" && saysTaken(answer, errors) ? "exists" : "refused", errors };
}

/**
 * No document shows the body of a write's reply, and nothing is read from it: the log tells what became of the write. So an
 * empty one is as good as any. One that is not JSON came from something in between, or is cut short: who knows.
 */
function judgeSuccess({ status, body }: HttpAnswer): Reply {
  const isReadable = body.trim() === "" || parseJson(body) !== undefined;
  return isReadable ? { kind: "accepted" } : { kind: "in-doubt", reason: `unreadable 2xx (HTTP ${status})` };
}

/**
 * Whether the `source_id` is taken: 409 in the implementation guide, missing in the newer status table, the key the same.
 * The second form is how Django REST framework words a key that is unique per dealer; nobody has shown which one is sent.
 */
function saysTaken({ status, body }: HttpAnswer, errors: readonly MarketplaceError[]): boolean {
  if (status !== 400 && status !== 409) {
    return false;
  }
  const value = parseJson(body);
  const hasKey = isJsonObject(value) && Object.hasOwn(value, "source_id");
  return hasKey || errors.some(({ pointer, message }) => pointer === null && /source_id.*\bunique\b/.test(message));
}

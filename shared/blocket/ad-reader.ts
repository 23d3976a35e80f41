import type { ReadReply } from "#shared/ad/marketplace.ts";
import type { AuthorisedCall } from "./authorised-call.ts";
import type { HttpAnswer } from "./http-call.ts";
import { parseJson } from "./parse-json.ts";
import type { ApiPath } from "./paths.ts";
import { parseRetryAfter } from "./retry-after.ts";

export type ReadFailure = Extract<ReadReply, { kind: "failed" }>;
/** A readable 2xx, a 404, or nothing that says anything. */
export type Reading = { kind: "value"; value: unknown } | { kind: "absent" } | ReadFailure;

/** Reads one address for one `read` or `readMany`. */
export type AdReader = (path: ApiPath) => Promise<Reading>;

export type AdReaderOptions = {
  call: AuthorisedCall;
  now: () => number;
  tokenId: string;
  /** Of one request, and of all requests of one `read` or `readMany` together. */
  readTimeoutMs: number;
  readBudgetMs: number;
};

/**
 * Reads for as long as `readBudgetMs` lasts. After its first failure it makes no more calls and answers with that failure
 * again, so that a marketplace in trouble is not asked fifty times.
 */
export function adReader({ call, now, tokenId, readTimeoutMs, readBudgetMs }: AdReaderOptions): AdReader {
  const end = now() + readBudgetMs;
  let failure: ReadFailure | null = null;
  return async (path) => {
    if (failure !== null) {
      return failure;
    }
    const deadline = Math.min(now() + readTimeoutMs, end);
    const outcome = await call({ method: "GET", tokenId, path, body: null, deadline });
    const reading = outcome.kind === "answer" ? judgeAnswer(outcome, now()) : failRead(outcome.reason, "outage");
    failure = reading.kind === "failed" ? reading : null;
    return reading;
  };
}

export function failRead(reason: string, cause: ReadFailure["cause"] = "other"): ReadFailure {
  return { kind: "failed", reason, retryAfterMs: null, cause };
}

function judgeAnswer({ status, headers, body }: HttpAnswer, now: number): Reading {
  if (status === 404) {
    return { kind: "absent" };
  }
  if (status < 200 || status >= 300) {
    const retryAfterMs = parseRetryAfter(headers["retry-after"], now);
    return { kind: "failed", reason: `HTTP ${status}`, retryAfterMs, cause: causeOf(status) };
  }
  const value = parseJson(body);
  return value === undefined ? failRead(`unreadable 2xx (HTTP ${status})`, "outage") : { kind: "value", value };
}

function causeOf(status: number): ReadFailure["cause"] {
  const causes: Record<number, ReadFailure["cause"]> = {
    401: "unauthorized",
    403: "forbidden",
    408: "outage",
    429: "throttled",
  };
  return causes[status] ?? (status >= 500 ? "outage" : "other");
}

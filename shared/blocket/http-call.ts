/** One request to the marketplace. `path` begins with a slash, below the base URL, and carries its query. */
export type HttpRequest = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string | null;
  /** Epoch ms: given up at it, wherever the exchange is then. */
  deadline: number;
};

/**
 * What a request came to; trouble is an outcome here, not an exception.
 *
 * `not-sent` is only said when the request surely didn't reach the other side. `lost` is everything that may have: no
 * answer in time, a broken connection, an answer cut short or too long to keep. Reasons hold no header and no body.
 */
export type HttpOutcome =
  | { kind: "answer"; status: number; headers: Record<string, string>; body: string }
  | { kind: "not-sent"; reason: string }
  | { kind: "lost"; reason: string };
export type HttpAnswer = Extract<HttpOutcome, { kind: "answer" }>;

/** Makes one request once: no retries, no redirects, never to another origin. Header names come back in lower case. */
export type HttpCall = (request: HttpRequest) => Promise<HttpOutcome>;

import { RetryableError } from "#shared/contracts/errors.ts";
import type { HttpCall, HttpOutcome, HttpRequest } from "./http-call.ts";
import type { ApiPath } from "./paths.ts";

export type AuthorisedRequest = {
  method: HttpRequest["method"];
  tokenId: string;
  path: ApiPath;
  body: Record<string, unknown> | null;
  deadline: number;
};

/** Makes one call with the token of that name; throws `RetryableError` when there is none. */
export type AuthorisedCall = (request: AuthorisedRequest) => Promise<HttpOutcome>;

export type AuthorisedCallOptions = {
  httpCall: HttpCall;
  /** The token of a tokenId, null when there is none of that name. */
  tokens: (tokenId: string) => Promise<string | null>;
  now: () => number;
};

/** The only place that holds a token: what comes back from here is free of it, even where an error page echoes it. */
export function authorisedCall({ httpCall, tokens, now }: AuthorisedCallOptions): AuthorisedCall {
  return async ({ method, tokenId, path, body, deadline }) => {
    const token = await tokens(tokenId);
    if (token === null) {
      throw new RetryableError(`there is no token named ${tokenId}`);
    }
    if (now() >= deadline) {
      return { kind: "not-sent", reason: "the deadline had passed" };
    }
    const headers = {
      accept: "application/json",
      "accept-encoding": "identity",
      "user-agent": "blocket-bridge",
      "x-auth-token": token,
      ...(body === null ? {} : { "content-type": "application/json" }),
    };
    const text = body === null ? null : JSON.stringify(body);
    return withoutToken(await httpCall({ method, path, headers, body: text, deadline }), token);
  };
}

function withoutToken(outcome: HttpOutcome, token: string): HttpOutcome {
  if (outcome.kind !== "answer") {
    return { ...outcome, reason: outcome.reason.replaceAll(token, "[token]") };
  }
  return outcome.status < 300 ? outcome : { ...outcome, body: outcome.body.replaceAll(token, "[token]") };
}

import type { HttpCall, HttpOutcome, HttpRequest } from "#shared/blocket/http-call.ts";

/** Answers as the script says, and keeps every request it was asked, oldest first. */
export function scriptedHttpCall(script: (request: HttpRequest, index: number) => HttpOutcome) {
  const requests: HttpRequest[] = [];
  const httpCall: HttpCall = async (request) => {
    requests.push(request);
    return script(request, requests.length - 1);
  };
  return { httpCall, requests };
}

/** An answer whose body is this value as JSON, or this text as it is. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpOutcome {
  return { kind: "answer", status, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
}

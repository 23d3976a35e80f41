import middy, { type MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { Measures } from "#shared/contracts/metrics.ts";
import { problemKinds, problemType } from "#shared/contracts/problems.ts";
import type { EventLogger, LogFields, Note } from "./logger.ts";
import { type Problem, ProblemError } from "./problem-error.ts";

/** A request as it came: header names in lower case, the body's bytes untouched (a signature covers exactly these). */
export type HttpRequest = {
  method: string;
  path: string;
  pathParameters: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
};

/** `body` is sent as JSON. */
export type HttpAnswer = { status: number; headers?: Record<string, string>; body: unknown };

export type HttpStep = (request: HttpRequest, note: Note) => Promise<HttpAnswer>;

/** `measure` says what a request counts for, by its log line, which has what was noted of it and the status of the answer. */
export type HttpOptions = { name: string; logger: EventLogger; measure?: (fields: LogFields) => Measures };

type Result = APIGatewayProxyStructuredResultV2;
type Attempt = { request: HttpRequest; startedAt: number; noted: LogFields };

/** Time kept back to answer "try again" ourselves, before Lambda ends the function without a word. */
const answerReserveMs = 500;
const retryAfterSeconds = 5;

/**
 * A Lambda handler for HTTP API events (payload 2.0) around one step. A ProblemError becomes problem+json, a RetryableError
 * or running out of time a 503 with `Retry-After`, anything else a 500 that tells the caller nothing. Each request is one
 * log line, `<name>.answered`, with what the step noted.
 */
export function httpHandler(options: HttpOptions, step: HttpStep) {
  const stack = middy<Attempt, Result>({
    timeoutEarlyInMillis: answerReserveMs,
    timeoutEarlyResponse: () => {
      throw new RetryableError("the function ran out of time");
    },
  })
    .use(oneLogLine(options))
    .use(problemAnswers)
    .handler(async ({ request, noted }: Attempt) =>
      jsonResult(await step(request, (fields) => Object.assign(noted, fields))),
    );
  return (event: APIGatewayProxyEventV2, context: Context): Promise<Result> => stack(openAttempt(event), context);
}

function openAttempt(event: APIGatewayProxyEventV2): Attempt {
  const request = {
    method: event.requestContext.http.method,
    path: event.rawPath,
    pathParameters: filled(event.pathParameters),
    query: new URLSearchParams(event.rawQueryString ?? ""),
    headers: filled(event.headers, (name) => name.toLowerCase()),
    body: Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8"),
  };
  return { request, startedAt: performance.now(), noted: { requestId: event.requestContext.requestId } };
}

function filled(
  values: Record<string, string | undefined> = {},
  rename = (name: string) => name,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [rename(name), value ?? ""]));
}

function jsonResult(answer: HttpAnswer): Result {
  return {
    statusCode: answer.status,
    headers: { "content-type": "application/json", ...answer.headers },
    body: JSON.stringify(answer.body),
  };
}

/** Used before `problemAnswers`: middy runs what follows the handler in reverse, so this sees the answer as it leaves. */
function oneLogLine({ name, logger, measure = () => ({}) }: HttpOptions): MiddlewareObj<Attempt, Result> {
  const fieldsOf = ({ noted, startedAt }: Attempt, result: Result | null | undefined): LogFields => ({
    ...noted,
    status: result?.statusCode ?? 0,
    durationMs: Math.round(performance.now() - startedAt),
  });
  const line = `${name}.answered`;
  return {
    // In a block: whatever such a function returns, middy takes for the answer.
    after: ({ event, response }) => {
      const fields = fieldsOf(event, response);
      logger.event(line, fields, measure(fields));
    },
    onError: ({ event, response, error }) => {
      const fields = fieldsOf(event, response);
      if (error instanceof ProblemError) {
        logger.event(line, { ...fields, problem: error.problem.slug }, measure(fields));
      } else if (error instanceof RetryableError) {
        logger.warn(line, error, fields, measure(fields));
      } else {
        logger.error(line, error, fields, measure(fields));
      }
    },
  };
}

const problemAnswers: MiddlewareObj<Attempt, Result> = {
  onError: (request) => {
    const { slug, detail, members, headers } = problemOf(request.error);
    const { status, title } = problemKinds[slug];
    request.response = jsonResult({
      status,
      headers: { "content-type": "application/problem+json", ...headers },
      body: { type: problemType(slug), title, status, detail, ...members },
    });
  },
};

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) {
    return error.problem;
  }
  if (error instanceof RetryableError) {
    return {
      slug: "try-again",
      detail: "The request was not taken. Send the whole of it again; what is repeated does no harm.",
      headers: { "retry-after": String(retryAfterSeconds) },
    };
  }
  return { slug: "internal", detail: "Something is wrong on our side." };
}

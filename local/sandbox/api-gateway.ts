import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Match } from "./match-route.ts";

/** The most an HTTP API takes; what the function itself takes is less, and for it to say. */
export const longestBodyBytes = 10 * 1024 * 1024;

/** What an HTTP API answers by itself, in its own words. */
export const gatewayAnswers = {
  notFound: { statusCode: 404, message: "Not Found" },
  tooLarge: { statusCode: 413, message: "Request Too Long" },
  failed: { statusCode: 500, message: "Internal Server Error" },
} as const;

export type Target = { path: string; query: string };

/** The request line's target, split at the query and nothing decoded. */
export function readTarget(request: IncomingMessage): Target {
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  return mark < 0 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** The body's bytes; null when there are more than an HTTP API takes. Read to its end even so: then the answer arrives. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= longestBodyBytes) {
      chunks.push(chunk as Buffer);
    }
  }
  return bytes <= longestBodyBytes ? Buffer.concat(chunks) : null;
}

/** A request as an HTTP API hands it to a function (payload format 2.0), its body in base64 so that no byte is changed. */
export function toGatewayEvent(
  request: IncomingMessage,
  { target, match, body }: { target: Target; match: Match; body: Buffer },
): APIGatewayProxyEventV2 {
  const now = new Date();
  const routeKey = `${match.route.method} ${match.route.path}`;
  const headers = Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(",") ?? ""]);
  return {
    version: "2.0",
    routeKey,
    rawPath: match.rawPath,
    rawQueryString: target.query,
    headers: Object.fromEntries(headers),
    pathParameters: match.pathParameters,
    requestContext: {
      accountId: "000000000000",
      apiId: "sandbox",
      domainName: "127.0.0.1",
      domainPrefix: "sandbox",
      http: {
        method: request.method ?? "POST",
        path: match.rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    body: body.toString("base64"),
    isBase64Encoded: true,
  };
}

/** Answers as an HTTP API does with what a function returned. */
export function sendGatewayResult(response: ServerResponse, result: APIGatewayProxyStructuredResultV2): void {
  const body = Buffer.from(result.body ?? "", result.isBase64Encoded ? "base64" : "utf8");
  const headers = Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  response.writeHead(result.statusCode ?? 200, {
    "content-type": "application/json",
    ...Object.fromEntries(headers),
    "content-length": body.length,
  });
  response.end(body);
}

/** Answers without any function. */
export function sendGatewayAnswer(
  response: ServerResponse,
  { statusCode, message }: (typeof gatewayAnswers)[keyof typeof gatewayAnswers],
): void {
  response.writeHead(statusCode, { "content-type": "application/json" });
  response.end(JSON.stringify({ message }));
}

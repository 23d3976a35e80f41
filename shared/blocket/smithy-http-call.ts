import type { IncomingMessage } from "node:http";
import { HttpRequest as SmithyRequest } from "@smithy/core/protocols";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { clipText } from "./clip-text.ts";
import type { HttpCall, HttpOutcome, HttpRequest } from "./http-call.ts";
import { openingAgents } from "./opening-agents.ts";

export type SmithyHttpCallOptions = {
  /** Scheme, host and first part of the path, such as `https://api.blocket.se/pro-import-api`. */
  baseUrl: string;
  now: () => number;
  /** For the TCP connection alone; also the longest wait for a free one of `maxSockets`. */
  connectTimeoutMs?: number;
  maxSockets?: number;
  /** An answer with a longer body counts as lost. */
  mostBodyBytes?: number;
};

/**
 * The real `HttpCall`, over connections that are kept open. Throws on a base URL that is none. `close` ends the idle
 * connections; a Lambda never calls it.
 */
export function smithyHttpCall(options: SmithyHttpCallOptions): { httpCall: HttpCall; close: () => void } {
  const base = new URL(options.baseUrl);
  const { connectTimeoutMs = 2_000, maxSockets = 32, mostBodyBytes = 16 * 1024 * 1024 } = options;
  const agents = openingAgents(maxSockets);
  const handler = new NodeHttpHandler({
    connectionTimeout: connectTimeoutMs,
    httpAgent: agents.httpAgent,
    httpsAgent: agents.httpsAgent,
  });
  const httpCall: HttpCall = async (request) => {
    const remainingMs = Math.floor(request.deadline - options.now());
    if (remainingMs <= 0) {
      return { kind: "not-sent", reason: "the deadline had passed" };
    }
    // Not the handler's own request timeout, which ends at the answer's headers, nor `AbortSignal.timeout`, whose timer lives
    // on behind the answer.
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), remainingMs);
    try {
      const smithyRequest = toSmithyRequest(base, request);
      const { response } = await handler.handle(smithyRequest, { abortSignal: ending.signal });
      const body = await readBody(response.body, mostBodyBytes);
      if (body === null) {
        return { kind: "lost", reason: `the answer is longer than ${mostBodyBytes} bytes` };
      }
      return { kind: "answer", status: response.statusCode, headers: response.headers, body };
    } catch (error) {
      if (ending.signal.aborted) {
        return { kind: "lost", reason: "no complete answer by the deadline" };
      }
      return toOutcome(error, agents.hasFailedToOpen(error));
    } finally {
      clearTimeout(timer);
    }
  };
  return { httpCall, close: agents.close };
}

function toSmithyRequest(base: URL, request: HttpRequest): SmithyRequest {
  const headers: Record<string, string> = { ...request.headers, host: base.host };
  if (request.body !== null) {
    headers["content-length"] = String(Buffer.byteLength(request.body));
  }
  return new SmithyRequest({
    protocol: base.protocol,
    hostname: base.hostname,
    ...(base.port === "" ? {} : { port: Number(base.port) }),
    method: request.method,
    path: `${base.pathname.replace(/\/$/, "")}${request.path}`,
    headers,
    ...(request.body === null ? {} : { body: request.body }),
  });
}

/** Null when it is longer, whose connection is then destroyed, so that an endless answer ends. */
function readBody(stream: IncomingMessage, mostBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    stream
      .on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > mostBytes) {
          resolve(null);
          stream.destroy();
        }
      })
      .on("end", () => resolve(new TextDecoder().decode(Buffer.concat(chunks, bytes))))
      .on("error", reject)
      .on("close", () => {
        if (!stream.readableEnded) {
          reject(new Error("the connection closed within the answer"));
        }
      });
  });
}

/** Node refuses these before it opens a connection. */
const malformedRequestCodes = ["ERR_INVALID_CHAR", "ERR_UNESCAPED_CHARACTERS", "ERR_INVALID_HTTP_TOKEN"];

function toOutcome(error: unknown, hasFailedToOpen: boolean): HttpOutcome {
  if (!(error instanceof Error)) {
    return { kind: "lost", reason: "the connection failed" };
  }
  const code = "code" in error ? String(error.code) : error.name;
  const isConnectTimeout = error.name === "TimeoutError" && error.message.includes("did not establish a connection");
  const isSurelyNotSent = hasFailedToOpen || isConnectTimeout || malformedRequestCodes.includes(code);
  return { kind: isSurelyNotSent ? "not-sent" : "lost", reason: clipText(`${code}: ${error.message}`, 200) };
}

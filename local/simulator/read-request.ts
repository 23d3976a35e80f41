import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { longestBody } from "#local/simulator/api/answer.ts";
import type { ApiRequest } from "./exchange.ts";

/** What is longer is not read to its end. A body in between is, as its client may hear an answer only then. */
const longestRead = 64 * 1024 * 1024;

/** Whether a request says that it has a body (RFC 9112, 6.3): most have none, and reading nothing costs a third of their time. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
}

/** The body, cut off a little beyond the longest that is taken, which is enough to refuse it. */
async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (length <= longestBody) chunks.push(chunk);
    length += chunk.length;
    if (length > longestRead) break;
  }
  return Buffer.concat(chunks);
}

function lowerCaseHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

/** A request as it came, its target not yet divided. Rejects when the client goes away before the end of it. */
export async function readRequest(
  request: IncomingMessage,
): Promise<Omit<ApiRequest, "path" | "query"> & { target: string }> {
  const { method = "GET", url: target = "/" } = request;
  const headers = lowerCaseHeaders(request);
  if (!hasBody(request)) return { method, target, headers, body: "" };
  const bytes = await readBytes(request);
  return { method, target, headers, body: bytes.toString("utf8"), ...(!isUtf8(bytes) && { isUtf8: false as const }) };
}

/** Whether a request that was read goes on all the same. */
export function isCutOff(request: IncomingMessage): boolean {
  return hasBody(request) && !request.complete;
}

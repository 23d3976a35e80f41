import { detailReply, duplicateSourceId, jsonReply, type Reply } from "./exchange.ts";
import type { Fault } from "./faults.ts";
import type { MarketplaceState } from "./state.ts";
import { throttledReply } from "./throttle.ts";

const documentedBodies: Record<number, unknown> = {
  400: ["The request was refused by a fault."],
  401: { detail: "Invalid token: Signature has expired" },
  403: { detail: "You do not have permission to perform this action." },
  404: { detail: "Not found." },
  409: duplicateSourceId,
};

/** The answer of a `status` fault; without a body of its own it has the shape documented for its status. */
export function faultReply(state: MarketplaceState, fault: Extract<Fault, { kind: "status" }>): Reply {
  const { status, retryAfter, body } = fault;
  const headers: Record<string, string> = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  if (typeof body === "string") {
    const contentType = body.trimStart().startsWith("<") ? "text/html" : "application/json";
    return { status, headers: { "content-type": contentType, ...headers }, body };
  }
  if (body !== undefined) return jsonReply(status, body, headers);
  if (status === 429) {
    const reply = throttledReply(state, null);
    return { ...reply, headers: { ...reply.headers, ...headers } };
  }
  const documented = documentedBodies[status];
  return documented === undefined
    ? detailReply(status, `Status ${status} by a fault.`, headers)
    : jsonReply(status, documented, headers);
}

import { jsonReply, type Reply } from "./exchange.ts";
import type { QuirkValues } from "./quirks.ts";

/** A refusal that belongs to no field in the shape of the quirk `fieldlessErrors`; every other answer as it is. */
export function shapeErrors(reply: Reply, shape: QuirkValues["fieldlessErrors"]): Reply {
  const { fieldless, ...plain } = reply;
  if (fieldless === undefined || shape === "array") return plain;
  const body = shape === "detail" ? { detail: fieldless.join(" ") } : { non_field_errors: fieldless };
  return jsonReply(reply.status, body, reply.headers);
}

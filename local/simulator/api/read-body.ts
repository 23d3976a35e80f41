import { type ApiRequest, detailReply, type Reply, refusal } from "#local/simulator/exchange.ts";
import { isJsonObject, type Json, type JsonObject, nestsWithin } from "#local/simulator/json.ts";

const deepestBody = 40;

export type ReadBody = { kind: "body"; body: JsonObject } | { kind: "refused"; reply: Reply };

function refuse(reply: Reply): ReadBody {
  return { kind: "refused", reply };
}

/** The body as an object. An empty one counts as `{}`, so that its answer names the fields that are missing. */
export function readBody({ headers, body }: ApiRequest): ReadBody {
  if (body === "") return { kind: "body", body: {} };
  const mediaType = headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(mediaType)) {
    return refuse(detailReply(415, `Unsupported media type "${mediaType}" in request.`));
  }
  let parsed: Json;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    return refuse(detailReply(400, `JSON parse error - ${error instanceof Error ? error.message : "unreadable"}`));
  }
  if (!isJsonObject(parsed)) {
    return refuse(refusal({ non_field_errors: ["Invalid data. Expected a dictionary."] }));
  }
  if (!nestsWithin(parsed, deepestBody)) return refuse(detailReply(400, "JSON parse error - nested too deeply"));
  return { kind: "body", body: parsed };
}

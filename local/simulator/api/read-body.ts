import { type ApiRequest, detailReply, type Reply, refusal } from "#local/simulator/exchange.ts";
import { isJsonObject, type Json, type JsonObject, nestsWithin } from "#local/simulator/json.ts";
import { notADictionary } from "#local/simulator/schema/issue-text.ts";

const deepestBody = 40;

/** The only form in which a body is taken. */
export const bodyMediaType = "application/json";

export type ReadBody = { kind: "body"; body: JsonObject } | { kind: "refused"; reply: Reply };

function refuse(reply: Reply): ReadBody {
  return { kind: "refused", reply };
}

/** The body as an object. An empty one counts as `{}`, so that its answer names the fields that are missing. */
export function readBody({ headers, body, isUtf8 }: ApiRequest): ReadBody {
  if (body === "") return { kind: "body", body: {} };
  const mediaType = headers["content-type"] ?? "";
  if (mediaType.split(";")[0]?.trim().toLowerCase() !== bodyMediaType) {
    return refuse(detailReply(415, `Unsupported media type "${mediaType}" in request.`));
  }
  if (isUtf8 === false) return refuse(detailReply(400, "JSON parse error - the body is not UTF-8"));
  let parsed: Json;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    return refuse(detailReply(400, `JSON parse error - ${error instanceof Error ? error.message : "unreadable"}`));
  }
  if (!isJsonObject(parsed)) {
    return refuse(refusal({ non_field_errors: [notADictionary] }));
  }
  if (!nestsWithin(parsed, deepestBody)) return refuse(detailReply(400, "JSON parse error - nested too deeply"));
  return { kind: "body", body: parsed };
}

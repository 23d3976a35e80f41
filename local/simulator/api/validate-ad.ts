import { jsonReply, type Reply } from "#local/simulator/exchange.ts";
import type { Call } from "./call.ts";
import { readNewAd } from "./create-ad.ts";

/**
 * Judges a body as POST would and stores nothing. Whether the real one also refuses a `source_id` that exists is not
 * documented; this one does not, so that the document of an existing ad can be tried.
 */
export function validateAd(call: Call): Reply {
  if (call.vehicleType === null) throw new Error("a typed path without its type");
  const read = readNewAd(call, call.vehicleType);
  return read.kind === "refused" ? read.reply : jsonReply(200, read.document);
}

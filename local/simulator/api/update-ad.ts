import { applyBody, imageUrls } from "#local/simulator/document.ts";
import { deletedRefusal, notFound, type Reply, refusal } from "#local/simulator/exchange.ts";
import { drawUuid } from "#local/simulator/random.ts";
import type { StoredAd } from "#local/simulator/state.ts";
import { isConvertedByUpdate } from "#local/simulator/v3-categories.ts";
import { checkDocument } from "#local/simulator/validation/check-document.ts";
import { enqueueTask } from "#local/simulator/worker/schedule.ts";
import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { type Call, findAd } from "./call.ts";
import { keepEarlierRow } from "./keep-earlier-row.ts";
import { writeReply } from "./write-reply.ts";

/** The documents say "Blocked" and no more. */
export const migrateFirst = [
  "V3 ad of a category that changed in V4, use /v4/{vehicle_type}/{source_id}/migrate first",
];

function refuseUpdate(ad: StoredAd): Reply | null {
  if (!isConvertedByUpdate(ad)) return refusal(migrateFirst);
  return ad.isDeleteAccepted && vehicleTypes[ad.vehicleType].registered ? refusal(deletedRefusal) : null;
}

/**
 * PUT and PATCH. `source_id`, `dealer_code` in the body are ignored: they come from the path and from the ad. From the
 * acceptance of a DELETE on, a registered vehicle refuses updates, while another one is revived by them. A V3 ad
 * becomes one of V4 by it, where its category has not changed.
 */
export function updateAd(call: Call): Reply {
  const { state, request, body, jobFault } = call;
  const ad = findAd(call);
  if (ad === null) return notFound();
  const refused = refuseUpdate(ad);
  if (refused !== null) return refused;

  const { document: before, vehicleType } = ad;
  const method = request.method === "PUT" ? "PUT" : "PATCH";
  const document = applyBody(before, body, method, state.quirks.putSemantics);
  const errors = checkDocument({ kind: "change", body, document, before, vehicleType, state });
  if (Object.keys(errors).length > 0) return refusal(errors);

  keepEarlierRow(state, ad);
  delete ad.v3CategoryId;
  ad.document = document;
  ad.isDeleteAccepted = false;
  const requestId = drawUuid(state);
  const hasNewMedia = JSON.stringify(imageUrls(before)) !== JSON.stringify(imageUrls(document));
  enqueueTask(state, ad, { requestId, root: "update", document, hasNewMedia, fault: jobFault });
  return writeReply(call, ad, requestId);
}

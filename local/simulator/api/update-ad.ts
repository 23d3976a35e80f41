import { applyBody, imageUrls } from "#local/simulator/document.ts";
import { deletedRefusal, notFound, type Reply, refusal } from "#local/simulator/exchange.ts";
import { drawUuid } from "#local/simulator/random.ts";
import { checkDocument } from "#local/simulator/validation/check-document.ts";
import type { FieldErrors } from "#local/simulator/validation/field-errors.ts";
import { enqueueTask } from "#local/simulator/worker/schedule.ts";
import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { type Call, findAd } from "./call.ts";
import { keepEarlierRow } from "./keep-earlier-row.ts";
import { readBody } from "./read-body.ts";
import { writeReply } from "./write-reply.ts";

/**
 * PUT and PATCH. `source_id`, `dealer_code` in the body are ignored: they come from the path and from the ad. From the
 * acceptance of a DELETE on, a registered vehicle refuses updates, while another one is revived by them.
 */
export function updateAd(call: Call): Reply {
  const { state, request, jobFault } = call;
  const ad = findAd(call);
  if (ad === null) return notFound();
  const read = readBody(request);
  if (read.kind === "refused") return read.reply;
  if (ad.isDeleteAccepted && vehicleTypes[ad.vehicleType].registered) return refusal(deletedRefusal);

  const { body } = read;
  const before = ad.document;
  const method = request.method === "PUT" ? "PUT" : "PATCH";
  const document = applyBody(before, body, method, state.quirks.putSemantics);
  const errors: FieldErrors = {};
  checkDocument({ body, document, before, vehicleType: ad.vehicleType, state }, errors);
  if (Object.keys(errors).length > 0) return refusal(errors);

  keepEarlierRow(state, ad);
  ad.document = document;
  ad.isDeleteAccepted = false;
  const requestId = drawUuid(state);
  const hasNewMedia = JSON.stringify(imageUrls(before)) !== JSON.stringify(imageUrls(document));
  enqueueTask(state, ad, { requestId, root: "update", document, hasNewMedia, fault: jobFault });
  return writeReply(call, ad, requestId);
}

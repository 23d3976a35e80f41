import { applyBody, imageUrls } from "#local/simulator/document.ts";
import { deletedRefusal, notFound, type Reply, refusal } from "#local/simulator/exchange.ts";
import { drawUuid } from "#local/simulator/random.ts";
import type { StoredAd } from "#local/simulator/state.ts";
import { isOfType } from "#local/simulator/v3-categories.ts";
import { checkDocument } from "#local/simulator/validation/check-document.ts";
import { enqueueTask } from "#local/simulator/worker/schedule.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import { type Call, findAd } from "./call.ts";
import { keepEarlierRow } from "./keep-earlier-row.ts";
import { writeReply } from "./write-reply.ts";

function refuseMigration(ad: StoredAd, vehicleType: VehicleType): Reply | null {
  if (ad.v3CategoryId === undefined) return refusal(["Ad is already a V4 ad"]);
  if (ad.isDeleteAccepted) return refusal(deletedRefusal);
  return isOfType(ad, vehicleType) ? null : refusal([`Ad of category ${ad.v3CategoryId} cannot become ${vehicleType}`]);
}

/**
 * Makes a V4 ad of a V3 ad, in its place: ids and log stay, the document is the new one. Which action the log shows is
 * the quirk `migrateLog`.
 */
export function migrateAd(call: Call): Reply {
  const { state, body, jobFault } = call;
  const ad = findAd({ ...call, vehicleType: null });
  if (ad === null) return notFound();
  const vehicleType = call.vehicleType ?? ad.vehicleType;
  const refused = refuseMigration(ad, vehicleType);
  if (refused !== null) return refused;
  const document = applyBody(null, body, "POST", state.quirks.putSemantics);
  const errors = checkDocument({ kind: "migrate", body, document, before: null, vehicleType, state });
  if (Object.keys(errors).length > 0) return refusal(errors);

  keepEarlierRow(state, ad);
  const hasNewMedia = JSON.stringify(imageUrls(ad.document)) !== JSON.stringify(imageUrls(document));
  delete ad.v3CategoryId;
  ad.vehicleType = vehicleType;
  ad.document = document;
  const requestId = drawUuid(state);
  enqueueTask(state, ad, { requestId, root: state.quirks.migrateLog, document, hasNewMedia, fault: jobFault });
  return writeReply(call, ad, requestId);
}

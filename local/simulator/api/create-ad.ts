import { applyBody, imageUrls } from "#local/simulator/document.ts";
import { duplicateSourceId, forbidden, jsonReply, type Reply, refusal } from "#local/simulator/exchange.ts";
import { drawUuid } from "#local/simulator/random.ts";
import { notAChoice, required } from "#local/simulator/schema/issue-text.ts";
import { adKey, type MarketplaceState, type StoredAd } from "#local/simulator/state.ts";
import { takenCategories } from "#local/simulator/v3-categories.ts";
import { checkDealerCode } from "#local/simulator/validation/check-dealer-code.ts";
import { checkDocument } from "#local/simulator/validation/check-document.ts";
import { enqueueTask } from "#local/simulator/worker/schedule.ts";
import { type VehicleType, vehicleTypeNames } from "#shared/contracts/vehicle-types.ts";
import { takeAdminAd } from "./admin-ads.ts";
import type { Call } from "./call.ts";
import { type Beginning, newAd } from "./new-ad.ts";
import { writeReply } from "./write-reply.ts";

export type ReadNewAd = ({ kind: "valid" } & Beginning) | { kind: "refused"; reply: Reply };

/** Reads the body of a POST by all rules but that of the unused `source_id`. */
export function readNewAd({ state, body, grant }: Call, vehicleType: VehicleType): ReadNewAd {
  const document = applyBody(null, body, "POST", state.quirks.putSemantics);
  const errors = checkDocument({ kind: "create", body, document, before: null, vehicleType, state });
  const dealerCode = checkDealerCode(body.dealer_code, grant, errors);
  if (Object.keys(errors).length > 0) return { kind: "refused", reply: refusal(errors) };
  if (!grant.dealerCodes.includes(dealerCode)) return { kind: "refused", reply: forbidden() };
  const categoryId = Number(body.category_id);
  return { kind: "valid", vehicleType, categoryId, sourceId: String(body.source_id), dealerCode, document };
}

/** Whether a `source_id` may be used again: under `deletedSourceId: free`, once nothing is left to be done for its ad. */
function isFree({ ads, jobs, quirks }: MarketplaceState, key: string): boolean {
  if (quirks.deletedSourceId !== "free" || ads.get(key)?.state !== "deleted") return false;
  return !jobs.some(({ adKey: busy }) => busy === key);
}

function createAs(call: Call, vehicleType: VehicleType): Reply {
  const { state, jobFault } = call;
  const read = readNewAd(call, vehicleType);
  if (read.kind === "refused") return read.reply;
  const key = adKey(read.dealerCode, read.sourceId);
  if (state.ads.has(key) && !isFree(state, key)) return jsonReply(state.quirks.duplicateStatus, duplicateSourceId);
  const ad: StoredAd = newAd(state, read);
  state.ads.delete(key);
  state.ads.set(key, ad);
  takeAdminAd(state, ad);
  const requestId = drawUuid(state);
  const hasNewMedia = imageUrls(ad.document).length > 0;
  enqueueTask(state, ad, { requestId, root: "create", document: ad.document, hasNewMedia, fault: jobFault });
  return writeReply(call, ad, requestId, 201);
}

export function createAd(call: Call): Reply {
  if (call.vehicleType === null) throw new Error("a typed path without its type");
  return createAs(call, call.vehicleType);
}

/** POST on the generic path, where `category_id` names the type. */
export function createGenericAd(call: Call): Reply {
  const categoryId = call.body.category_id;
  if (categoryId === undefined) return refusal({ category_id: [required] });
  const type = vehicleTypeNames.find((name) => takenCategories(name, call.state.quirks).includes(Number(categoryId)));
  return type === undefined ? refusal({ category_id: [notAChoice(categoryId)] }) : createAs(call, type);
}

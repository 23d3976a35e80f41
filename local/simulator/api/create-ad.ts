import { applyBody, imageUrls } from "#local/simulator/document.ts";
import { duplicateSourceId, forbidden, jsonReply, type Reply, refusal } from "#local/simulator/exchange.ts";
import type { JsonObject } from "#local/simulator/json.ts";
import { drawUuid } from "#local/simulator/random.ts";
import { adKey, type StoredAd } from "#local/simulator/state.ts";
import { checkDocument } from "#local/simulator/validation/check-document.ts";
import { checkDealerCode, checkSourceId } from "#local/simulator/validation/check-identity.ts";
import type { FieldErrors } from "#local/simulator/validation/field-errors.ts";
import { enqueueTask } from "#local/simulator/worker/schedule.ts";
import type { Call } from "./call.ts";
import { readBody } from "./read-body.ts";
import { writeReply } from "./write-reply.ts";

export type ReadNewAd =
  | { kind: "valid"; sourceId: string; dealerCode: string; document: JsonObject }
  | { kind: "refused"; reply: Reply };

/** Reads the body of a POST by all rules but that of the unused `source_id`. */
export function readNewAd({ state, request, grant, vehicleType }: Call): ReadNewAd {
  const read = readBody(request);
  if (read.kind === "refused") return read;
  const { body } = read;
  const document = applyBody(null, body, "POST", state.quirks.putSemantics);
  const errors: FieldErrors = {};
  const sourceId = checkSourceId(body.source_id, errors);
  const dealerCode = checkDealerCode(body.dealer_code, grant, errors);
  if (vehicleType !== null) checkDocument({ body, document, before: null, vehicleType, state }, errors);
  if (Object.keys(errors).length > 0) return { kind: "refused", reply: refusal(errors) };
  if (!grant.dealerCodes.includes(dealerCode)) return { kind: "refused", reply: forbidden() };
  return { kind: "valid", sourceId, dealerCode, document };
}

function storeAd({ state, vehicleType }: Call, { sourceId, dealerCode, document }: ReadNewAd & { kind: "valid" }) {
  const ad: StoredAd = {
    id: drawUuid(state),
    sourceId,
    dealerCode,
    vehicleType: vehicleType ?? "car",
    state: "created",
    isDeleteAccepted: false,
    document,
    liveDocument: null,
    imageRefs: [],
    blocketAdId: null,
    offerId: null,
    polePositionUntil: null,
    createdAt: state.now,
    updatedAt: state.now,
    log: [],
    earlierRows: [],
    tasks: [],
    lastRequestId: null,
    steps: [],
  };
  state.ads.set(adKey(dealerCode, sourceId), ad);
  return ad;
}

export function createAd(call: Call): Reply {
  const { state, jobFault } = call;
  const read = readNewAd(call);
  if (read.kind === "refused") return read.reply;
  if (state.ads.has(adKey(read.dealerCode, read.sourceId))) {
    return jsonReply(state.quirks.duplicateStatus, duplicateSourceId);
  }
  const ad = storeAd(call, read);
  const requestId = drawUuid(state);
  const hasNewMedia = imageUrls(ad.document).length > 0;
  enqueueTask(state, ad, { requestId, root: "create", document: ad.document, hasNewMedia, fault: jobFault });
  return writeReply(call, ad, requestId, 201);
}

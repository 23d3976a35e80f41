import { isVisible } from "#local/simulator/document.ts";
import { deletedRefusal, notFound, type Reply, refusal } from "#local/simulator/exchange.ts";
import { drawUuid } from "#local/simulator/random.ts";
import type { StoredAd } from "#local/simulator/state.ts";
import { enqueueTask } from "#local/simulator/worker/schedule.ts";
import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { type Call, findAd } from "./call.ts";
import { writeReply } from "./write-reply.ts";

const polePositionMs = 3 * 24 * 60 * 60 * 1000;

function chargeAd(call: Call, ad: StoredAd, root: "bump" | "boost"): Reply {
  const { state, jobFault } = call;
  state.charges[root === "bump" ? "bump" : "pole_position"] += 1;
  const requestId = drawUuid(state);
  enqueueTask(state, ad, { requestId, root, document: ad.document, hasNewMedia: false, fault: jobFault });
  return writeReply(call, ad, requestId);
}

function refuseCharge(call: Call, ad: StoredAd): Reply | null {
  if (ad.isDeleteAccepted) return refusal(deletedRefusal);
  if (!isVisible(ad.document)) return refusal(["Ad must be visible"]);
  const { polePositionUntil } = ad;
  if (polePositionUntil !== null && polePositionUntil > call.state.now) {
    return refusal(["Ad already has an active Pole Position"]);
  }
  return null;
}

/** Renews an ad. A GET that costs money: it is charged when it is accepted. No bump while a pole position is active. */
export function bumpAd(call: Call): Reply {
  const ad = findAd(call);
  if (ad === null) return notFound();
  return refuseCharge(call, ad) ?? chargeAd(call, ad, "bump");
}

/** Puts a registered vehicle into pole position for three days from acceptance, when it is charged. */
export function boostAd(call: Call): Reply {
  const ad = findAd(call);
  if (ad === null) return notFound();
  const refused = refuseCharge(call, ad);
  if (refused !== null) return refused;
  if (!vehicleTypes[ad.vehicleType].registered) {
    return refusal(["Pole Position is only available for registered vehicles"]);
  }
  ad.polePositionUntil = call.state.now + polePositionMs;
  return chargeAd(call, ad, "boost");
}

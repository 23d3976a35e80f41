import { isVisible } from "#local/simulator/document.ts";
import { deletedRefusal, forbidden, notFound, type Reply, refusal } from "#local/simulator/exchange.ts";
import { drawUuid } from "#local/simulator/random.ts";
import type { StoredAd } from "#local/simulator/state.ts";
import { enqueueRetry } from "#local/simulator/worker/retry.ts";
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

function refuseUnseen(ad: StoredAd): Reply | null {
  if (ad.isDeleteAccepted) return refusal(deletedRefusal);
  return isVisible(ad.document) ? null : refusal(["Ad must be visible"]);
}

function refuseBoosted({ state }: Call, { polePositionUntil }: StoredAd): Reply | null {
  if (polePositionUntil === null || polePositionUntil <= state.now) return null;
  return refusal(["Ad already has an active Pole Position"]);
}

const marketplaces = ["exclude_blocket", "exclude_bytbil"] as const;
const flags: Record<string, boolean> = { true: true, false: false };

/** Which marketplaces are left out; only registered vehicles are on more than one. */
function refuseExclusion({ query }: Call, ad: StoredAd): Reply | null {
  const sent = marketplaces.filter((name) => query.has(name));
  const isFlag = (name: string) => Object.hasOwn(flags, (query.get(name) ?? "").toLowerCase());
  const wrong = sent.filter((name) => !isFlag(name));
  if (wrong.length > 0) return refusal(Object.fromEntries(wrong.map((name) => [name, ["Must be a valid boolean."]])));
  const excluded = sent.filter((name) => flags[(query.get(name) ?? "").toLowerCase()]);
  if (excluded.length > 0 && !vehicleTypes[ad.vehicleType].registered) {
    return refusal(["A marketplace can be excluded for registered vehicles only"]);
  }
  return excluded.length === marketplaces.length ? refusal(["No marketplace is left to renew the ad on"]) : null;
}

/** Renews an ad. A GET that costs money: it is charged when it is accepted. */
export function bumpAd(call: Call): Reply {
  const { settings, quirks } = call.state;
  const ad = findAd(call);
  if (ad === null) return notFound();
  if (settings.dealersWithoutBump.includes(ad.dealerCode)) return forbidden();
  const boosted = quirks.bumpInPolePosition === "refused" ? refuseBoosted(call, ad) : null;
  return refuseUnseen(ad) ?? boosted ?? refuseExclusion(call, ad) ?? chargeAd(call, ad, "bump");
}

/** Puts a registered vehicle into pole position for three days from acceptance, when it is charged. */
export function boostAd(call: Call): Reply {
  const ad = findAd(call);
  if (ad === null) return notFound();
  const refused = refuseUnseen(ad) ?? refuseBoosted(call, ad);
  if (refused !== null) return refused;
  if (!vehicleTypes[ad.vehicleType].registered) {
    return refusal(["Pole Position is only available for registered vehicles"]);
  }
  ad.polePositionUntil = call.state.now + polePositionMs;
  return chargeAd(call, ad, "boost");
}

/** Has the work of the latest write done once more. Free, and yet a GET that writes. */
export function retryAd(call: Call): Reply {
  const ad = findAd(call);
  if (ad === null) return notFound();
  return writeReply(call, ad, enqueueRetry(call.state, ad, call.jobFault));
}

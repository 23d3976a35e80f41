import type { V3AdInput } from "#local/simulator/control-inputs.ts";
import { applyBody, isVisible } from "#local/simulator/document.ts";
import { drawUuid } from "#local/simulator/random.ts";
import { type Action, type ActionState, adKey, type MarketplaceState } from "#local/simulator/state.ts";
import { v3Types } from "#local/simulator/v3-categories.ts";
import { goLive } from "#local/simulator/worker/take-effect.ts";
import { newAd } from "./new-ad.ts";

const lines: readonly [Action, ActionState, string][] = [
  ["create", "processing", "Processing"],
  ["create", "done", "Ad created"],
  ["publish", "processing", "Publishing in progress."],
  ["publish", "done", "Ad published"],
];

/** Puts an ad of V3 there, as if it had been created and, when visible, published long ago. Replaces one of its id. */
export function seedV3Ad(state: MarketplaceState, { dealerCode, sourceId, categoryId, document }: V3AdInput): void {
  const vehicleType = v3Types(categoryId)[0];
  if (vehicleType === undefined) throw new Error(`no type for the V3 category ${categoryId}`);
  const stored = applyBody(null, document, "POST", state.quirks.putSemantics);
  const ad = newAd(state, { vehicleType, sourceId, dealerCode, document: stored });
  ad.v3CategoryId = categoryId;
  const requestId = drawUuid(state);
  const shown = isVisible(stored) ? lines : lines.slice(0, 2);
  ad.log = shown.map(([action, actionState, message]) => ({
    requestId,
    at: state.now,
    action,
    state: actionState,
    message,
  }));
  state.ads.set(adKey(dealerCode, sourceId), ad);
  if (isVisible(stored)) goLive(state, ad, stored);
}

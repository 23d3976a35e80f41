import { isJsonObject, type JsonObject } from "#local/simulator/json.ts";
import type { MarketplaceState, StoredAd } from "#local/simulator/state.ts";

function plateIn({ category_fields }: JsonObject): string | null {
  const plate = isJsonObject(category_fields) ? category_fields.registration_number : null;
  return typeof plate === "string" ? plate.toUpperCase() : null;
}

/**
 * A first POST takes an ad of Blocket Admin over that has the same plate: it goes on under that ad's id, and no second
 * one comes to be. Typed endpoints, "Migrating to the API": "Matching is based on licence plate".
 */
export function takeAdminAd(state: MarketplaceState, ad: StoredAd): void {
  const plate = plateIn(ad.document);
  const isMeant = (one: { dealerCode: string; registrationNumber: string }) =>
    one.dealerCode === ad.dealerCode && one.registrationNumber.toUpperCase() === plate;
  const adminAd = state.adminAds.find(isMeant);
  if (adminAd === undefined) return;
  state.adminAds = state.adminAds.filter((one) => one !== adminAd);
  ad.adminAdId = adminAd.blocketAdId;
}

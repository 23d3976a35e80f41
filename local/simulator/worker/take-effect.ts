import { createHash } from "node:crypto";
import { failingImages, imageUrls } from "#local/simulator/document.ts";
import type { JsonObject } from "#local/simulator/json.ts";
import { drawUuid } from "#local/simulator/random.ts";
import type { ImageRef, MarketplaceState, StoredAd } from "#local/simulator/state.ts";
import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import type { Effect } from "./job.ts";

const firstBlocketAdId = 1_400_000_000;
const firstOfferId = 9_000_000;

/** The ids come with the first publish and stay for the ad's life, through deletion and revival. */
export function goLive(state: MarketplaceState, ad: StoredAd, document: JsonObject): void {
  ad.liveDocument = document;
  if (ad.blocketAdId !== null) return;
  state.publishedCount += 1;
  ad.blocketAdId = String(firstBlocketAdId + state.publishedCount);
  if (vehicleTypes[ad.vehicleType].registered) ad.offerId = String(firstOfferId + state.publishedCount);
}

function storeImages(state: MarketplaceState, ad: StoredAd, document: JsonObject): void {
  const urls = imageUrls(document);
  const failing = failingImages(urls, state.settings.failingImageHosts);
  const known = new Map(ad.imageRefs.map((ref) => [ref.url, ref]));
  const store = (url: string): ImageRef => {
    const checksum = createHash("md5").update(url).digest("hex");
    return { url, cdn_url: `https://images.blocketcdn.example/${checksum}.jpg`, id: drawUuid(state), checksum };
  };
  ad.imageRefs = urls.filter((url) => !failing.includes(url)).map((url) => known.get(url) ?? store(url));
}

export function takeEffect(state: MarketplaceState, ad: StoredAd, effect: Effect, document: JsonObject): void {
  switch (effect) {
    case "created":
      ad.state = "created";
      return;
    case "images":
      storeImages(state, ad, document);
      return;
    case "live":
      goLive(state, ad, document);
      return;
    case "unlive":
      ad.liveDocument = null;
      return;
    case "deleted":
      ad.state = "deleted";
      ad.polePositionUntil = null;
      return;
  }
}

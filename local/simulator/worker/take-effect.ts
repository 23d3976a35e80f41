import { failingImages, imageUrls } from "#local/simulator/document.ts";
import type { JobFault } from "#local/simulator/faults.ts";
import type { JsonObject } from "#local/simulator/json.ts";
import { drawUuid } from "#local/simulator/random.ts";
import { adKey, type ImageRef, type MarketplaceState, type StoredAd, type Task } from "#local/simulator/state.ts";
import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import type { Effect } from "./job.ts";
import { schedule } from "./schedule.ts";

const firstBlocketAdId = 1_400_000_000;
const firstOfferId = 9_000_000;

/** The ids come with the first publish, or a little later, and stay for the ad's life, through deletion and revival. */
export function goLive(state: MarketplaceState, ad: StoredAd, document: JsonObject): void {
  ad.liveDocument = document;
  if (state.quirks.adIdComes === "with-publish") assignIds(state, ad);
  else if (ad.blocketAdId === null) {
    const dueAt = state.now + state.settings.publishDelayMs;
    schedule(state, dueAt, { kind: "ad-ids", adKey: adKey(ad.dealerCode, ad.sourceId) });
  }
}

export function assignIds(state: MarketplaceState, ad: StoredAd): void {
  if (ad.blocketAdId !== null) return;
  state.publishedCount += 1;
  ad.blocketAdId = ad.adminAdId ?? String(firstBlocketAdId + state.publishedCount);
  if (vehicleTypes[ad.vehicleType].registered) ad.offerId = String(firstOfferId + state.publishedCount);
}

function storeImages(state: MarketplaceState, ad: StoredAd, { document, fault }: Task): void {
  const urls = imageUrls(document);
  const failing = failingUrls(state, urls, fault);
  const known = new Map(ad.imageRefs.map((ref) => [ref.url, ref]));
  const store = (url: string): ImageRef => ({ url, id: drawUuid(state) });
  ad.imageRefs = urls.filter((url) => !failing.includes(url)).map((url) => known.get(url) ?? store(url));
}

/** The images that cannot be fetched: those of the setting `failingImageHosts`, or all by a fault. */
export function failingUrls({ settings }: Pick<MarketplaceState, "settings">, urls: string[], fault: JobFault | null) {
  return fault?.kind === "image-error" ? urls : failingImages(urls, settings.failingImageHosts);
}

export function takeEffect(state: MarketplaceState, ad: StoredAd, effect: Effect, task: Task): void {
  switch (effect) {
    case "created":
      ad.state = "created";
      return;
    case "images":
      storeImages(state, ad, task);
      return;
    case "live":
      goLive(state, ad, task.document);
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

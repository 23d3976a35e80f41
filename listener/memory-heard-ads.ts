import type { HeardAd, HeardAds } from "./heard-ad.ts";

/** In the memory of one process: for tests, and for listeners of which there is one that never restarts. */
export function memoryHeardAds(): HeardAds {
  const ads = new Map<string, HeardAd>();
  return {
    async load(ad) {
      return structuredClone(ads.get(ad) ?? null);
    },
    async save(ad, heard) {
      if ((ads.get(ad)?.revision ?? 0) !== heard.revision) {
        return "conflict";
      }
      ads.set(ad, structuredClone({ ...heard, revision: heard.revision + 1 }));
      return "saved";
    },
  };
}

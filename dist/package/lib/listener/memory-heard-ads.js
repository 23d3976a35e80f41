function memoryHeardAds() {
  const ads = /* @__PURE__ */ new Map();
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
    }
  };
}
export {
  memoryHeardAds
};

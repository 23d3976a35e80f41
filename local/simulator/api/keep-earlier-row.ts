import type { MarketplaceState, StoredAd } from "#local/simulator/state.ts";

/** Remembers the row as it is before a write changes it, and counts the write as an update. */
export function keepEarlierRow(state: MarketplaceState, ad: StoredAd): void {
  if (state.quirks.rowsPerSourceId === "per-write") {
    const { document, state: adState, updatedAt } = ad;
    ad.earlierRows.push({ document, state: adState, updatedAt, replacedAt: state.now });
  }
  ad.updatedAt = state.now;
}

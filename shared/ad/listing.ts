import type { Listing } from "./ad.ts";

/** A listing of which nothing has been sent or seen. */
export function emptyListing(id: string, generation: number): Listing {
  return {
    id,
    generation,
    vehicleType: null,
    plate: null,
    seen: false,
    isAccepted: false,
    deleted: false,
    wasAbsent: false,
    gone: false,
    blocketAdId: null,
    held: [],
    requests: {},
    entries: [],
    untold: {},
    fingerprint: "",
    unchangedSince: 0,
    readAt: 0,
    watchedSince: null,
    repairs: 0,
    past: [],
    newestTold: null,
  };
}

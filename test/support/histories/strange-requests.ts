import type { Ad, RootAction } from "#shared/ad/ad.ts";
import { mayHaveFormerLife } from "#shared/ad/listing.ts";

/**
 * A request that somebody else made at the marketplace. `shownBefore`: the number of the ad's first submission that was begun after
 * a whole round of ours had shown it; null as long as none has. `passed`: the bridge took it for its own.
 */
export type StrangeRequest = {
  requestId: string;
  item: string;
  listingId: string;
  root: RootAction;
  shownBefore: number | null;
  passed: boolean;
};

/** Keeps, beside the marketplace, what others did there, and when the bridge last compared each listing in a round that came to its end. */
export function makeStrangeRequests() {
  const requests = new Map<string, StrangeRequest>();
  const comparedAt = new Map<string, number>();
  const foreign = new Set<string>();
  return {
    note: (request: StrangeRequest): void => void requests.set(request.requestId, request),
    find: (requestId: string): StrangeRequest | undefined => requests.get(requestId),
    all: () => [...requests.values()],
    ofItem: (name: string) => [...requests.values()].filter(({ item }) => item === name),
    isAny: () => requests.size > 0,
    /** Whether the bridge took one of a listing's for its own, and so may take its own for another's. */
    hasPassed: (id: string) => [...requests.values()].some(({ listingId, passed }) => listingId === id && passed),
    noteCompared: (listingId: string, at: number): void => void comparedAt.set(listingId, at),
    lastComparedAt: (listingId: string) => comparedAt.get(listingId) ?? Number.NEGATIVE_INFINITY,
    /** Of what the first look at a former life shows, nobody can tell whose it is. */
    noteForeign(ad: Ad, before: Ad | null): void {
      for (const listing of ad.listings) {
        const known = before?.listings.find(({ id }) => id === listing.id);
        const isFormerLife = known?.seen !== true && mayHaveFormerLife(ad, listing);
        const isNew = (id: string) => requests.has(id) && known?.requests[id]?.owner !== "foreign";
        const kept = Object.entries(listing.requests).filter(([id, { owner }]) => owner === "foreign" && isNew(id));
        for (const [id] of isFormerLife ? [] : kept) {
          foreign.add(id);
        }
      }
    },
    /** Every request of theirs that the bridge kept as foreign when it could tell. */
    foreign: (): ReadonlySet<string> => foreign,
  };
}

export type StrangeRequests = ReturnType<typeof makeStrangeRequests>;

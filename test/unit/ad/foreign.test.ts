import { describe, expect, it } from "vitest";
import type { Ad, Listing, RequestRecord } from "#shared/ad/ad.ts";
import { countNewForeign } from "#shared/ad/foreign.ts";
import { emptyListing } from "#shared/ad/listing.ts";
import { sampleAd } from "#test/support/aws/sample-ads.ts";

const foreign: RequestRecord = { owner: "foreign" };
const unknown: RequestRecord = { owner: "unknown", seenBefore: 1 };
const ours: RequestRecord = { owner: 1, call: "put", correlationId: "e1", isHidden: false };

const listing = (requests: Listing["requests"], more: Partial<Listing> = {}): Listing => ({
  ...emptyListing("0b9ce1a2-0000-5000-8000-000000000001", 1),
  seen: true,
  requests,
  ...more,
});
const adWith = (...listings: Listing[]): Ad => sampleAd({ dealerCode: "DEMO", itemId: "item-1" }, { listings });

describe("requests of others that a change has brought to light", () => {
  it.each<[string, Listing["requests"], Listing["requests"], number]>([
    ["are counted, each", {}, { a: foreign, b: foreign, c: ours, d: unknown }, 2],
    ["are counted once", { a: foreign }, { a: foreign, b: foreign }, 1],
    ["are counted when it turns out whose they are", { a: unknown }, { a: foreign }, 1],
    ["are none where nothing is new", { a: foreign }, { a: foreign }, 0],
  ])("%s", (_name, before, after, count) => {
    expect(countNewForeign(adWith(listing(before)), adWith(listing(after)))).toBe(count);
  });

  it("are counted of all listings, of those that were not known before, too", () => {
    const other = listing({ x: foreign }, { id: "0b9ce1a2-0000-5000-8000-000000000002" });
    expect(countNewForeign(adWith(listing({})), adWith(listing({ a: foreign }), other))).toBe(2);
  });

  it("are counted by listing", () => {
    const first = listing({ a: foreign });
    const second = (requests: Listing["requests"]) =>
      listing(requests, { id: "0b9ce1a2-0000-5000-8000-000000000002", generation: 2 });
    expect(countNewForeign(adWith(first, second({})), adWith(first, second({ a: foreign })))).toBe(1);
  });

  it.each([
    ["its former life, where its id was the source's choice", false, { wasAbsent: false }, 0],
    ["nobody's former life, once it has been seen", true, { wasAbsent: false }, 1],
    ["nobody's former life, where it was absent first", false, { wasAbsent: true }, 1],
  ])("of a listing are %s", (_name, seenBefore, more, count) => {
    const chosen = { id: "item-1", ...more };
    const before = adWith(listing({}, { ...chosen, seen: seenBefore }));
    expect(countNewForeign(before, adWith(listing({ a: foreign }, chosen)))).toBe(count);
  });
});

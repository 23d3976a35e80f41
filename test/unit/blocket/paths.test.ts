import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WriteCall } from "#shared/ad/marketplace.ts";
import {
  adPath,
  chargedPath,
  isListable,
  isUsableListingId,
  listPath,
  logPath,
  validatePath,
  writePath,
} from "#shared/blocket/paths.ts";
import { writeCall } from "#test/support/marketplace/calls.ts";

const hostile = [
  "",
  ".",
  "..",
  "x/bump",
  "x\\bump",
  "x%2Fbump",
  "x%2fretry",
  "%2e%2e",
  "../ad",
  " ",
  " a",
  "x\nbump",
  "\u0000",
  "\ud800",
];
const pieces = [
  "a",
  ".",
  "/",
  "\\",
  "%",
  "2f",
  "%2F",
  "%2e",
  "?",
  "#",
  "bump",
  "retry",
  ";",
  " ",
  "å",
  "\ud800",
  ",",
  "&",
  "+",
];
const anyId = fc.oneof(
  fc.string(),
  fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join("")),
);

/** How a careless server could come to route a path: decoded once or twice, dot segments resolved. */
function routings(path: string): string[] {
  const bare = path.split("?")[0] ?? "";
  const once = decodeURIComponent(bare);
  const twice = once.replace(/%(2f|5c|2e)/gi, (code) => decodeURIComponent(code));
  return [bare, once, twice].map(
    (route) => new URL(route.replaceAll("?", "_").replaceAll("#", "_"), "http://x").pathname,
  );
}

describe("paths", () => {
  it.each(hostile)("does not take %j as a listing id", (id) => {
    expect(isUsableListingId(id)).toBe(false);
    expect(() => adPath(id)).toThrow();
    expect(() => logPath(id, { limit: 1, offset: 0 })).toThrow();
    expect(() => listPath(["a", id], { limit: 1, offset: 0 })).toThrow();
    expect(() => writePath(writeCall({ call: "put", listingId: id }))).toThrow();
    expect(() => writePath(writeCall({ call: "delete", listingId: id }))).toThrow();
    expect(() => chargedPath({ call: "bump", listingId: id })).toThrow();
  });

  it("encodes what it does take", () => {
    expect(adPath("Å 1?x#y&z;")).toBe("/v4/ad/%C3%85%201%3Fx%23y%26z%3B");
    expect(logPath("a+b", { limit: 100, offset: 90 })).toBe("/v4/ad/a%2Bb/log?limit=100&offset=90&ordering=-created");
    expect(listPath(["a&b", "c"], { limit: 100, offset: 0 })).toBe(
      "/v4/ad?source_id__in=a%26b,c&include=log&ordering=created&limit=100&offset=0",
    );
    expect(writePath(writeCall({ call: "post", vehicleType: "agriculture-tools" }))).toBe("/v4/agriculture-tools");
    expect(writePath(writeCall({ call: "put", listingId: "a b" }))).toBe("/v4/car/a%20b");
    expect(writePath(writeCall({ call: "delete", listingId: "a b", vehicleType: null }))).toBe("/v4/ad/a%20b");
    expect(chargedPath({ call: "bump", listingId: "a b" })).toBe("/v4/ad/a%20b/bump");
    expect(chargedPath({ call: "pole_position", listingId: "a?b" })).toBe("/v4/ad/a%3Fb/pole_position");
    expect(validatePath({ vehicleType: "agriculture-tools" })).toBe("/v4/agriculture-tools/validate");
  });

  it("has no address for a document without a vehicle type", () => {
    expect(() => writePath(writeCall({ call: "put", vehicleType: null }))).toThrow("vehicle type");
  });

  it("lists no id that a comma would make two", () => {
    expect(isListable("a,b")).toBe(false);
    expect(isListable("a-b")).toBe(true);
    expect(isListable("..")).toBe(false);
  });

  it("leads nowhere but to the ad itself, whatever the id and however it is decoded", () => {
    fc.assert(
      fc.property(anyId, fc.constantFrom<WriteCall["call"]>("put", "delete"), (id, call) => {
        fc.pre(isUsableListingId(id));
        for (const path of [adPath(id), writePath(writeCall({ call, listingId: id }))]) {
          for (const route of routings(path)) {
            expect(route).toMatch(/^\/v4\/(ad|car)\/[^/]+$/);
          }
        }
        for (const route of routings(chargedPath({ call: "bump", listingId: id }))) {
          expect(route).toMatch(/^\/v4\/ad\/[^/]+\/bump$/);
        }
        for (const route of routings(logPath(id, { limit: 100, offset: 0 }))) {
          expect(route).toMatch(/^\/v4\/ad\/[^/]+\/log$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

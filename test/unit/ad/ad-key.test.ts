import { describe, expect, it } from "vitest";
import type { AdKey } from "#shared/ad/ad.ts";
import { formatAdKey, parseAdKey } from "#shared/ad/ad-key.ts";

const item = (itemId: string, dealerCode = "DEMO"): AdKey => ({ dealerCode, itemId });

describe("the key of an ad", () => {
  it.each<[AdKey, string]>([
    [item("car-1"), "DEMO#car-1"],
    [item("a#b"), "DEMO#a%23b"],
    [item("a%23b"), "DEMO#a%2523b"],
    [item("å/1"), "DEMO#%C3%A5%2F1"],
    [item(""), "DEMO#"],
    [item("\ud83d"), "DEMO#%uD83D"],
    [item("a\udc00å😀"), "DEMO#a%uDC00%C3%A5%F0%9F%98%80"],
    [item("x", "source"), "%73ource#x"],
    [item("x", "chain"), "%63hain#x"],
    [item("x", "lane"), "%6Cane#x"],
    [{ source: "dms" }, "source#dms"],
    [{ source: "a#\ud83d" }, "source#a%23%uD83D"],
  ])("%o is %s, and is read back from it", (key, text) => {
    expect(formatAdKey(key)).toBe(text);
    expect(parseAdKey(text)).toEqual(key);
  });
});

import { Buffer } from "node:buffer";
import { deflateRawSync, deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { describeFault } from "#local/bridge/stage/describe-fault.ts";
import { adDictionary } from "#shared/aws/ad-dictionary.ts";
import { fromAdItem, toAdItem } from "#shared/aws/ad-item.ts";
import { packAdText } from "#shared/aws/ad-text.ts";
import { loggedId } from "#shared/lambda/logged-id.ts";
import { sampleAd, sampleDocument, volvo } from "#test/support/aws/sample-ads.ts";

const ad = sampleAd(volvo, { version: 4, documents: { a: sampleDocument("Ägare: två") } });
const stored = { ...ad, version: 5 };
const withText = (packed: Uint8Array) => ({ ...toAdItem(ad, null), ad: { B: packed } });

function describeThrown(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return describeFault(error);
  }
  throw new Error("nothing was thrown");
}

describe("an ad's item", () => {
  it("gives back the ad, as the next version", () => {
    expect(fromAdItem(toAdItem(ad, 17))).toEqual(stored);
    expect(fromAdItem(toAdItem({ ...ad, key: { source: "a#b" } }, null))).toEqual({
      ...stored,
      key: { source: "a#b" },
    });
  });

  it("is read in the form of version 0.1.0: plain text, the documents apart", () => {
    const { documents, version: _, ...rest } = ad;
    const item = { ...toAdItem(ad, null), ad: { S: JSON.stringify(rest) } };
    expect(fromAdItem({ ...item, documents: { B: deflateRawSync(JSON.stringify(documents)) } })).toEqual(stored);
    expect(fromAdItem(item)).toEqual({ ...stored, documents: {} });
  });

  // What was stored with it can be read with nothing else: a better dictionary goes beside it.
  it("is written with the dictionary of this checksum", () => {
    expect(Buffer.from(packAdText("{}").slice(2, 6)).toString("hex")).toBe("c8268a39");
  });

  it.each([
    [
      "another version's dictionary",
      deflateSync("{}", { dictionary: Buffer.from("another") }),
      "with the dictionary 0bb102f2",
    ],
    ["no dictionary", deflateSync("{}"), "with the dictionary none"],
    ["a text cut short", packAdText(JSON.stringify(ad)).slice(0, 40), "unexpected end of file"],
    ["nothing at all", new Uint8Array(), "with the dictionary none"],
  ])("names the ad that cannot be read for %s, as a log line may", (_name, packed, reason) => {
    const named = `the ad DEMO/${loggedId("volvo-1")} cannot be read from the table: `;
    expect(() => fromAdItem(withText(packed))).toThrow(named);
    expect(() => fromAdItem(withText(packed))).toThrow(reason);
  });

  it("that cannot be read is named to whoever asked as it is, and quoted to nobody", () => {
    const fault = describeThrown(() => fromAdItem({ ...toAdItem(ad, null), ad: { S: "{ABC123" } }));
    expect(fault).toBe("the ad DEMO/volvo-1 cannot be read from the table: its text is not JSON");
    const ofSource = { ...toAdItem({ ...ad, key: { source: "dms" } }, null), ad: { S: "" } };
    expect(describeThrown(() => fromAdItem(ofSource))).toMatch(/^the ad of the source dms cannot be read/);
  });

  it("is less than half of what it would be without the dictionary", () => {
    const text = JSON.stringify(ad);
    expect(adDictionary.length).toBeLessThan(8_000);
    expect(packAdText(text).length).toBeLessThan(deflateSync(text).length / 2);
  });
});

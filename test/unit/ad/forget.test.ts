import { describe, expect, it } from "vitest";
import { findWhyNotForgotten, forgetContents, forgetEventWords, forgetReceiptWords } from "#shared/ad/forget.ts";
import { sampleEvent, sampleReceipt } from "#test/support/aws/sample-ads.ts";
import { boat, car, deleted, published, startLife } from "./ad-life.ts";

/** A life whose ad was published and then removed, told and at rest. */
function removedLife(document = car()) {
  const life = startLife();
  life.want("1", document);
  life.step();
  life.reply({ kind: "accepted" });
  life.observeAtRest(published());
  life.remove("2");
  life.step();
  life.reply({ kind: "accepted" });
  life.observeAtRest([...published(), ...deleted()], { state: "deleted" });
  life.change({ outbox: [] });
  return life;
}

const complaints = [{ pointer: "/contact", code: "invalid", message: "anna@example.com is no address" }];

describe("forgetting an ad", () => {
  it("waits until its source wants none, and nothing is to come", () => {
    const life = startLife();
    life.publish();
    expect(findWhyNotForgotten(life.ad(), life.context())).toEqual({ why: "wanted" });
    life.remove("2");
    life.step();
    expect(findWhyNotForgotten(life.ad(), life.context())).toMatchObject({ why: "unfinished" });
    const removed = removedLife();
    expect(findWhyNotForgotten(removed.ad(), removed.context())).toBeNull();
  });

  it("needs no wish: an item of which nothing but rejected events came can be forgotten", () => {
    const life = startLife();
    expect(findWhyNotForgotten(life.ad(), life.context())).toBeNull();
    expect(forgetContents(life.ad())).toEqual(life.ad());
  });

  it("leaves of the last outcome no document's name and nobody's words", () => {
    const shown = startLife();
    shown.publish();
    expect(forgetContents(shown.ad()).settled).toBeNull();
    const ad = removedLife().ad();
    const settled = ad.settled && { ...ad.settled, warnings: complaints };
    expect(ad.settled).toMatchObject({ outcome: "absent", warnings: [] });
    expect(forgetContents({ ...ad, settled }).settled).toEqual(ad.settled);
  });

  it("leaves neither document nor plate, and all the numbers", () => {
    const ad = removedLife().ad();
    const forgotten = forgetContents(ad);
    expect(JSON.stringify(forgotten)).not.toMatch(/ABC123|A car/);
    expect(forgotten).toMatchObject({ documents: {}, sequence: ad.sequence, wish: ad.wish });
    expect(forgotten.listings.map(({ id, generation }) => [id, generation])).toEqual(
      ad.listings.map(({ id, generation }) => [id, generation]),
    );
    expect(forgetContents(forgotten)).toEqual(forgotten);
  });

  it("lets the next document begin the next generation, and an older one nothing", () => {
    const life = removedLife();
    const [spent] = life.ad().listings;
    life.change(forgetContents(life.ad()));
    life.want("3", car(5));
    const action = life.step();
    expect(action).toMatchObject({ kind: "write", call: { call: "post" } });
    expect(life.ad().listings.at(-1)).toMatchObject({ generation: 2 });
    expect(life.ad().listings.at(-1)?.id).not.toBe(spent?.id);
  });

  it("still clears what a revived boat may hold", () => {
    const life = removedLife(boat());
    const held = life.ad().listings[0]?.held;
    expect(forgetContents(life.ad()).listings[0]?.held).toEqual(held);
  });

  it("takes the words out of history and receipts, and nothing else", () => {
    const event = sampleEvent({ message: "call Anna, 070-1234567" });
    const published = { ...event, type: "AdPublished", data: { blocketAdId: "1400", warnings: complaints } } as const;
    const receipt = sampleReceipt({ details: complaints, warnings: complaints });
    const words = [forgetEventWords(event), forgetEventWords(published), forgetReceiptWords(receipt)];
    expect(JSON.stringify(words)).not.toMatch(/Anna|anna/);
    const erased = { pointer: "/contact", code: "invalid", message: "(erased)" };
    expect(words).toEqual([
      { ...event, data: { stage: "submission", errors: [{ ...erased, pointer: "/price" }] } },
      { ...published, data: { blocketAdId: "1400", warnings: [erased] } },
      { ...receipt, details: [erased], warnings: [erased] },
    ]);
    expect(forgetReceiptWords(sampleReceipt())).toEqual(sampleReceipt());
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { findReceiptRows } from "#local/sandbox/find-receipts.ts";
import type { AdKey } from "#shared/ad/ad.ts";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { fromReceiptItem } from "#shared/aws/receipt-item.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import type { AdTable } from "#shared/steps/ports.ts";
import { fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { copied, frozen, type Keep } from "#test/support/aws/keep.ts";
import { localTables } from "#test/support/aws/local-tables.ts";
import { readRows } from "#test/support/aws/read-rows.ts";
import { sampleAd, sampleDocument, sampleEvent, sampleReceipt, volvo } from "#test/support/aws/sample-ads.ts";

type Subject = {
  table: AdTable;
  history(key: AdKey): Promise<AdEvent[]>;
  receipts(key: AdKey): Promise<Receipt[]>;
};

const openTable = localTables();

async function onDynamoDb(): Promise<Subject> {
  const access = await openTable();
  return {
    table: dynamoAdTable(access) satisfies AdTable,
    history: (key) => readRows(access, { key, attribute: "event" }),
    receipts: async (key) => (await findReceiptRows(access, key)).map((row) => fromReceiptItem(row).receipt),
  };
}

/** `keep`: as most tests have it, and as the histories do. */
const inMemory = (keep: Keep) => async (): Promise<Subject> => {
  const table = fakeAdTable({ keep });
  return { table, history: async (key) => table.history(key), receipts: async (key) => table.receipts(key) };
};

/** What is frozen throws when it is changed, and is as good as a copy. */
function attempt(change: () => unknown): void {
  try {
    change();
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
  }
}

const oddItemIds = ["100%", "a#b", "åäö/ÅÄÖ", "🚗 %F0%9F", "  ", "x".repeat(200), "🚗".repeat(100), "half \ud83d pair"];

describe.each([
  ["fakeAdTable", inMemory(copied)],
  ["fakeAdTable that freezes", inMemory(frozen)],
  ["dynamoAdTable", onDynamoDb],
])("%s", (_, open) => {
  let subject: Subject;
  let table: AdTable;
  beforeEach(async () => {
    subject = await open();
    table = subject.table;
  });

  it("has no ad that was never saved", async () => {
    expect(await table.load(volvo)).toBeNull();
  });

  it("gives back what was saved, one version on", async () => {
    const ad = sampleAd(volvo, { documents: { abc: sampleDocument("Fin bil 🚗") }, sequence: 7, askedAt: 1 });
    expect(await table.save(ad, null)).toBe("saved");
    expect(await table.load(volvo)).toEqual({ ...ad, version: 1 });
  });

  it("keeps what was saved, whatever becomes of the object", async () => {
    const ad = sampleAd(volvo, { documents: { abc: sampleDocument("before") } });
    await table.save(ad, null);
    attempt(() => {
      ad.documents.abc = sampleDocument("after");
    });
    const loaded = await table.load(volvo);
    attempt(() => loaded?.submissions.push({} as never));
    expect(await table.load(volvo)).toMatchObject({ submissions: [], documents: { abc: { ad: { body: "before" } } } });
  });

  it("drops documents that the next version no longer has", async () => {
    await table.save(sampleAd(volvo, { documents: { abc: sampleDocument("x") } }), null);
    await table.save(sampleAd(volvo, { version: 1 }), null);
    expect(await table.load(volvo)).toEqual(sampleAd(volvo, { version: 2 }));
  });

  it("refuses a save on any version but the stored one, and leaves everything as it was", async () => {
    await table.save(sampleAd(volvo), null);
    await table.save(sampleAd(volvo, { version: 1, sequence: 1 }), null);
    for (const version of [0, 1, 3]) {
      expect(await table.save(sampleAd(volvo, { version, sequence: 9 }), 5)).toBe("conflict");
    }
    expect(await table.load(volvo)).toEqual(sampleAd(volvo, { version: 2, sequence: 1 }));
    expect(await table.findDue({ tokenId: "group", now: 10, after: null, limit: 10 })).toMatchObject({ keys: [] });
  });

  it("refuses a later version of an ad that was never stored", async () => {
    expect(await table.save(sampleAd(volvo, { version: 1 }), null)).toBe("conflict");
  });

  it.each(oddItemIds)("keeps the item %j apart and finds it again", async (itemId) => {
    const key = { dealerCode: "DEMO", itemId };
    await table.save(sampleAd(key, { sequence: 3 }), 5);
    expect(await table.load(key)).toMatchObject({ key, sequence: 3 });
    expect(await table.load({ dealerCode: "DEMO", itemId: encodeURIComponent("100%") })).toBeNull();
    expect((await table.findDue({ tokenId: "group", now: 5, after: null, limit: 10 })).keys).toEqual([key]);
  });

  it("keeps a source apart from a dealer of its name", async () => {
    const keys: AdKey[] = [
      { source: "x" },
      { dealerCode: "source", itemId: "x" },
      { dealerCode: "chain", itemId: "x" },
    ];
    for (const [sequence, key] of keys.entries()) {
      await table.save(sampleAd(key, { sequence }), sequence);
    }
    for (const [sequence, key] of keys.entries()) {
      expect(await table.load(key)).toMatchObject({ key, sequence });
    }
    expect((await table.findDue({ tokenId: "group", now: 5, after: null, limit: 10 })).keys).toEqual(keys);
  });

  it("lets the first receipt of an event stand", async () => {
    expect(await table.hasReceipt(volvo, { source: "sandbox", id: "event-1" })).toBe(false);
    await table.writeReceipt(volvo, sampleReceipt());
    await table.writeReceipt(volvo, sampleReceipt({ outcome: "failed" }));
    expect(await table.hasReceipt(volvo, { source: "sandbox", id: "event-1" })).toBe(true);
    expect(await subject.receipts(volvo)).toEqual([sampleReceipt()]);
  });

  it("knows receipts apart by source, event and ad", async () => {
    await table.writeReceipt(volvo, sampleReceipt({ source: "a", eventId: "b#c" }));
    expect(await table.hasReceipt(volvo, { source: "a#b", id: "c" })).toBe(false);
    expect(await table.hasReceipt(volvo, { source: "a", id: "b%23c" })).toBe(false);
    expect(await table.hasReceipt({ source: "a" }, { source: "a", id: "b#c" })).toBe(false);
  });

  it("takes event ids that are too long for a key, and knows them apart", async () => {
    const long = "車".repeat(199);
    await table.writeReceipt(volvo, sampleReceipt({ eventId: `${long}1` }));
    expect(await table.hasReceipt(volvo, { source: "sandbox", id: `${long}1` })).toBe(true);
    expect(await table.hasReceipt(volvo, { source: "sandbox", id: `${long}2` })).toBe(false);
  });

  it.each(oddItemIds)("files a receipt under the item of any name and no other: %j", async (itemId) => {
    const key = { dealerCode: "DEMO", itemId };
    await table.writeReceipt(key, sampleReceipt());
    expect(await table.hasReceipt(key, { source: "sandbox", id: "event-1" })).toBe(true);
    const other = { ...key, itemId: `${itemId.slice(0, -1)}${itemId.endsWith("y") ? "z" : "y"}` };
    expect(await table.hasReceipt(other, { source: "sandbox", id: "event-1" })).toBe(false);
    expect(await subject.receipts(key)).toEqual([sampleReceipt()]);
  });

  it("keeps the history by sequence, each event as first written", async () => {
    const events = [2, 10, 1].map((sequence) => sampleEvent({ sequence }));
    for (const event of events) {
      await table.writeHistory(volvo, event);
    }
    await table.writeHistory(volvo, sampleEvent({ sequence: 2, message: "told otherwise" }));
    expect((await subject.history(volvo)).map(({ metadata }) => metadata.sequence)).toEqual([1, 2, 10]);
    expect((await subject.history(volvo))[1]).toEqual(sampleEvent({ sequence: 2 }));
  });

  it("finds what is due for one token, earliest first", async () => {
    const key = (itemId: string) => ({ dealerCode: "DEMO", itemId });
    await table.save(sampleAd(key("late")), 900);
    await table.save(sampleAd(key("early")), 100);
    await table.save(sampleAd(key("not-yet")), 1001);
    await table.save(sampleAd(key("nothing-due")), null);
    await table.save(sampleAd(key("other"), { tokenId: "solo" }), 1);
    const page = await table.findDue({ tokenId: "group", now: 1000, after: null, limit: 10 });
    expect(page).toEqual({ keys: [key("early"), key("late")], after: null });
  });

  it("moves an ad in the index with its last save, and out of it", async () => {
    const due = async (tokenId: string) =>
      (await table.findDue({ tokenId, now: 1000, after: null, limit: 10 })).keys.length;
    await table.save(sampleAd(volvo), 100);
    await table.save(sampleAd(volvo, { version: 1, tokenId: "solo" }), 200);
    expect([await due("group"), await due("solo")]).toEqual([0, 1]);
    await table.save(sampleAd(volvo, { version: 2, tokenId: "solo" }), 1200);
    expect(await due("solo")).toBe(0);
    await table.save(sampleAd(volvo, { version: 3, tokenId: "solo" }), 300);
    expect(await due("solo")).toBe(1);
    await table.save(sampleAd(volvo, { version: 4, tokenId: "solo" }), null);
    expect(await due("solo")).toBe(0);
  });

  it.each([
    ["as they were", false],
    ["gone meanwhile", true],
  ])("goes on where a page ended, those before it %s", async (_, gone) => {
    const keys = ["a", "b%", "c#", "d", "ö"].map((itemId) => ({ dealerCode: "DEMO", itemId }));
    for (const [place, key] of keys.entries()) {
      await table.save(sampleAd(key), place < 3 ? 7 : 8 + place);
    }
    const found: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages === 0 || (after !== null && pages < 5); pages += 1) {
      const query = { tokenId: "group", now: 99, after, limit: 2 };
      const page: { keys: AdKey[]; after: string | null } = await table.findDue(query);
      expect(page.keys.length).toBeLessThanOrEqual(2);
      found.push(...page.keys.map((key) => JSON.stringify(key)));
      for (const key of gone ? page.keys : []) {
        await table.save(sampleAd(key, { version: 1 }), null);
      }
      after = page.after;
    }
    expect(after).toBeNull();
    expect(found.toSorted()).toEqual(keys.map((key) => JSON.stringify(key)).toSorted());
  });

  it("has nothing to go on with when the clock is behind the cursor", async () => {
    await table.save(sampleAd(volvo), 500);
    const { after } = await table.findDue({ tokenId: "group", now: 500, after: null, limit: 1 });
    expect(after).not.toBeNull();
    expect(await table.findDue({ tokenId: "group", now: 400, after, limit: 1 })).toEqual({ keys: [], after: null });
  });
});

describe("the index of a fakeAdTable that lags", () => {
  const all = { tokenId: "group", now: 1_000, after: null, limit: 10 };
  const open = (lags: number[]) => {
    const clock = { now: 0 };
    return { clock, table: fakeAdTable({ now: () => clock.now, lagMs: () => lags.shift() ?? 0 }) };
  };

  it("shows a save only after a while, which a load shows at once", async () => {
    const { clock, table } = open([50]);
    await table.save(sampleAd(volvo), 7);
    clock.now = 49;
    expect(await table.load(volvo)).not.toBeNull();
    expect((await table.findDue(all)).keys).toEqual([]);
    clock.now = 50;
    expect((await table.findDue(all)).keys).toEqual([volvo]);
  });

  it("goes on showing what was, meanwhile", async () => {
    const { clock, table } = open([0, 50]);
    await table.save(sampleAd(volvo), 7);
    await table.save(sampleAd(volvo, { version: 1 }), null);
    clock.now = 49;
    expect((await table.findDue(all)).keys).toEqual([volvo]);
    clock.now = 50;
    expect((await table.findDue(all)).keys).toEqual([]);
  });

  it("never goes back to an older save, however late that one is", async () => {
    const { clock, table } = open([50, 10]);
    await table.save(sampleAd(volvo), 7);
    await table.save(sampleAd(volvo, { version: 1 }), 5_000);
    for (clock.now = 0; clock.now <= 60; clock.now += 10) {
      const { keys } = await table.findDue({ ...all, now: 5_000 });
      expect([clock.now, keys]).toEqual([clock.now, clock.now < 50 ? [] : [volvo]]);
      expect((await table.findDue(all)).keys).toEqual([]);
    }
  });
});

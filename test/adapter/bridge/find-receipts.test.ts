import { beforeEach, describe, expect, it } from "vitest";
import { findReceiptRows, readNamedReceipts } from "#local/sandbox/find-receipts.ts";
import { adReader } from "#local/sandbox/read-ad-record.ts";
import type { AdKey } from "#shared/ad/ad.ts";
import type { TableAccess } from "#shared/aws/conditional-put.ts";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { fromReceiptItem } from "#shared/aws/receipt-item.ts";
import { localTables } from "#test/support/aws/local-tables.ts";
import { sampleAd, sampleEvent, sampleReceipt, volvo } from "#test/support/aws/sample-ads.ts";

const openTable = localTables();
const saab: AdKey = { dealerCode: "DEMO", itemId: "saab-1" };
let access: TableAccess;
beforeEach(async () => {
  access = await openTable();
});

const write = (eventId: string, { key = volvo as AdKey, source = "sandbox" } = {}) =>
  dynamoAdTable(access).writeReceipt(key, sampleReceipt({ source, eventId }));
const order = { sequence: null, time: 0, receivedAt: 0, place: 0 };
const charge = { call: "bump" as const, event: { source: "other", id: "asked" }, order, acceptedAt: 0 };

describe("the receipts of an ad", () => {
  it("are all found, whatever event they are of, and no other ad's", async () => {
    await write("a");
    await write("b", { source: "other" });
    await write("a", { key: saab });
    const looked: number[] = [];
    const rows = await findReceiptRows(access, volvo, (count) => void looked.push(count));
    expect(rows.map((row) => fromReceiptItem(row).receipt.eventId).sort()).toEqual(["a", "b"]);
    expect(looked).toEqual([3]);
    await dynamoAdTable(access).save(sampleAd(volvo), null);
    expect((await adReader(access)(volvo))?.receipts).toHaveLength(2);
  });

  it("are read by their keys where its record or history names their events", async () => {
    const event = sampleEvent();
    const told = { ...event, metadata: { ...event.metadata, correlationId: "told" } };
    const rejected = {
      ...event,
      type: "InventoryEventRejected",
      data: { source: "third", eventId: "bad", errors: [] },
    };
    for (const [id, source] of [
      ["asked", "other"],
      ["told", "other"],
      ["bad", "third"],
      ["unnamed", "other"],
    ] as const) {
      await write(id, { source });
    }
    await write("told", { key: saab, source: "other" });
    const ad = sampleAd(volvo, { charges: [charge] });
    const found = await readNamedReceipts(access, { ad, events: [told, rejected as typeof event] });
    expect(found.map(({ eventId }) => eventId).sort()).toEqual(["asked", "bad", "told"]);
  });
});

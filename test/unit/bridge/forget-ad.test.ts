import { describe, expect, it } from "vitest";
import { eraseRecord, eraseRows } from "#local/bridge/forget/forget-ad.ts";
import { receiptItem } from "#shared/aws/receipt-item.ts";
import { productionWaits } from "#shared/contracts/waits.ts";
import { fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { sampleAd, sampleDocument, sampleEvent, sampleReceipt } from "#test/support/aws/sample-ads.ts";
import { CrashGate } from "#test/support/world/crash-gate.ts";
import { dieAtEachStep } from "#test/support/world/die-at-each-step.ts";

const key = { dealerCode: "DEMO", itemId: "volvo-1" };
const circumstances = { now: () => 1_000, newId: () => "id", random: () => 0.5 };

async function withAd(gate = new CrashGate()) {
  const table = fakeAdTable();
  await table.save(sampleAd(key, { documents: { hash: sampleDocument("Anna's car") }, sequence: 7 }), null);
  const ports = { table: gate.guard(table), circumstances, waits: productionWaits };
  return { table, erase: () => eraseRecord(ports, key) };
}

describe("erasing the record of an ad", () => {
  it("dying between any two steps, and done again, leaves no document and every number", async () => {
    const steps = await dieAtEachStep(withAd, {
      act: ({ erase }) => erase(),
      check: ({ table }, where) =>
        expect(table.ads(), where).toMatchObject([{ documents: {}, sequence: 7, version: 2 }]),
    });
    expect(steps).toBeGreaterThan(0);
  });

  it("refuses in one sentence when the ad has got something to come meanwhile", async () => {
    const { table, erase } = await withAd();
    const row = { kind: "receipt" as const, receipt: sampleReceipt() };
    const stored = await table.load(key);
    await table.save({ ...(stored ?? sampleAd(key)), outbox: [row] }, 0);
    await expect(erase()).rejects.toThrow(/^DEMO\/volvo-1 has something to come at 1970-.*: see why DEMO\/volvo-1$/);
  });

  it("touches only the rows that hold words, and none of them twice", () => {
    const details = [{ pointer: null, code: "x", message: "Anna" }];
    const ad = sampleAd(key);
    const wordless = receiptItem(key, sampleReceipt({ eventId: "event-2" }));
    const worded = receiptItem(key, sampleReceipt({ details }));
    const old = { ...worded, pk: { S: "DEMO#volvo-1" }, sk: { S: "receipt#sandbox#event-1" } };
    const rows = eraseRows({ ad, events: [sampleEvent()] }, [wordless, worded, old]);
    expect(rows.map((row) => `${row.key.pk?.S} ${row.key.sk?.S}`)).toEqual([
      "DEMO#volvo-1 event#0000000001",
      "receipt#sandbox#event-1 DEMO#volvo-1",
      "DEMO#volvo-1 receipt#sandbox#event-1",
    ]);
    const [event] = rows.map(({ json }) => JSON.parse(json));
    expect(eraseRows({ ad, events: [event] }, [])).toEqual([]);
  });
});

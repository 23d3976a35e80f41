import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { type Moved, moveReceipts } from "#local/bridge/move-receipts/move-receipts.ts";
import type { AdKey } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import type { TableAccess } from "#shared/aws/conditional-put.ts";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { dynamoStatusTable } from "#shared/aws/dynamo-status-table.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import { readStoredRows } from "#test/golden/stored-rows.ts";
import { localTables } from "#test/support/aws/local-tables.ts";
import { sampleAd, sampleEvent, sampleReceipt, volvo } from "#test/support/aws/sample-ads.ts";

const openTable = localTables({ maxAttempts: 1 });
let access: TableAccess;
beforeEach(async () => {
  access = await openTable();
});

const receiptDealer: AdKey = { dealerCode: "receipt", itemId: "1" };
const expiresAt = "1803024000";

/** A row as 0.2.0 wrote it. */
async function writeOld(key: AdKey, receipt: Receipt): Promise<void> {
  const sort = `receipt#${receipt.source}#${receipt.eventId}`;
  const keys = { pk: { S: formatAdKey(key) }, sk: { S: sort }, receiptOf: { S: sort } };
  const Item = {
    ...keys,
    receipt: { S: JSON.stringify(receipt) },
    ...(!receipt.ofCharge && { expiresAt: { N: expiresAt } }),
  };
  await access.client.send(new PutItemCommand({ TableName: access.tableName, Item }));
}

const find = (id: string) => dynamoStatusTable(access).findReceipts({ source: "sandbox", id });
const copy = (progress?: (rows: number) => void) => moveReceipts(access, { deleteOld: false }, progress);
const keysOf = async () => (await readStoredRows(access)).map(({ pk, sk }) => `${pk?.S} ${sk?.S}`);
const charged = sampleReceipt({ eventId: "charged", ofCharge: true });

describe("moving receipts", () => {
  it("copies each of every ad to where it is looked for, to expire as the old one does", async () => {
    const filed: [AdKey, Receipt][] = [
      [volvo, sampleReceipt()],
      [{ source: "sandbox" }, sampleReceipt({ outcome: "rejected" })],
      [receiptDealer, charged],
    ];
    for (const [key, receipt] of filed) {
      await writeOld(key, receipt);
    }
    const rows: number[] = [];
    expect(await copy((count) => void rows.push(count))).toEqual({ found: 3, copied: 3, deleted: 0 } satisfies Moved);
    expect(rows).toEqual([3]);
    expect(await find("event-1")).toEqual(filed.slice(0, 2).map(([key, receipt]) => ({ key, receipt })));
    for (const [key, { source, eventId }] of filed) {
      expect(await dynamoAdTable(access).hasReceipt(key, { source, id: eventId })).toBe(true);
    }
    const stored = await readStoredRows(access);
    expect(stored).toHaveLength(6);
    const copies = stored.filter(({ receiptOf }) => receiptOf === undefined);
    expect(copies.map((row) => row.expiresAt?.N)).toEqual([undefined, expiresAt, expiresAt]);
  });

  it("is done by a second run, and lets what was written in the new place stand", async () => {
    await writeOld(volvo, sampleReceipt());
    await dynamoAdTable(access).writeReceipt(volvo, sampleReceipt({ outcome: "failed" }));
    expect(await copy()).toEqual({ found: 1, copied: 0, deleted: 0 });
    expect(await find("event-1")).toMatchObject([{ receipt: { outcome: "failed" } }]);
    await writeOld(volvo, sampleReceipt({ eventId: "since" }));
    expect(await copy()).toEqual({ found: 2, copied: 1, deleted: 0 });
    expect(await copy()).toEqual({ found: 2, copied: 0, deleted: 0 });
    expect(await find("since")).toHaveLength(1);
  });

  it("leaves ads, history and receipts in their new place as they are", async () => {
    for (const key of [volvo, receiptDealer]) {
      await dynamoAdTable(access).save(sampleAd(key), 1);
      await dynamoAdTable(access).writeHistory(key, sampleEvent());
      await dynamoAdTable(access).writeReceipt(key, charged);
    }
    const before = await readStoredRows(access);
    expect(await moveReceipts(access, { deleteOld: true })).toEqual({ found: 0, copied: 0, deleted: 0 });
    expect(await readStoredRows(access)).toEqual(before);
  });

  it("deletes only when told, and only what no time takes away and has its copy", async () => {
    await writeOld(volvo, sampleReceipt());
    await writeOld(volvo, charged);
    expect(await moveReceipts(access, { deleteOld: true })).toEqual({ found: 2, copied: 2, deleted: 1 });
    expect(await keysOf()).toEqual([
      "DEMO#volvo-1 receipt#sandbox#event-1",
      "receipt#sandbox#charged DEMO#volvo-1",
      "receipt#sandbox#event-1 DEMO#volvo-1",
    ]);
  });

  it("keeps the old one when the copy fails", async () => {
    await writeOld(volvo, charged);
    const refuse = async () => {
      throw Object.assign(new Error("slow down"), { name: "ThrottlingException" });
    };
    access.client.middlewareStack.add(
      (next, { commandName }) => (commandName === PutItemCommand.name ? refuse : next),
      {
        step: "initialize",
      },
    );
    await expect(moveReceipts(access, { deleteOld: true })).rejects.toThrow(RetryableError);
    expect(await keysOf()).toEqual(["DEMO#volvo-1 receipt#sandbox#charged"]);
  });

  it("goes through every page of the table", async () => {
    const details = [{ code: "x", pointer: null, message: "x".repeat(60_000) }];
    const ids = Array.from({ length: 40 }, (_, place) => `long-${place}`);
    for (const eventId of ids) {
      await writeOld(volvo, sampleReceipt({ eventId, details }));
    }
    expect(await copy()).toMatchObject({ copied: 40 });
    expect((await Promise.all(ids.map(find))).flat()).toHaveLength(40);
  });
});

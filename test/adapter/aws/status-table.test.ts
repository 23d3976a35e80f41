import { beforeEach, describe, expect, it } from "vitest";
import type { StatusTable } from "#functions/status/status.ts";
import type { AdKey } from "#shared/ad/ad.ts";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { dynamoStatusTable } from "#shared/aws/dynamo-status-table.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { AdTable } from "#shared/steps/ports.ts";
import { fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { fakeStatusTable } from "#test/support/aws/fake-status-table.ts";
import { localTables } from "#test/support/aws/local-tables.ts";
import { sampleAd, sampleEvent, sampleReceipt, volvo } from "#test/support/aws/sample-ads.ts";

const openTable = localTables({ maxAttempts: 1 });

type Subject = { writing: AdTable; reading: StatusTable };

async function onDynamoDb(): Promise<Subject> {
  const access = await openTable();
  return { writing: dynamoAdTable(access), reading: dynamoStatusTable(access) };
}

async function inMemory(): Promise<Subject> {
  const writing = fakeAdTable();
  return { writing, reading: fakeStatusTable(writing) };
}

describe.each([
  ["fakeStatusTable", inMemory],
  ["dynamoStatusTable", onDynamoDb],
])("%s", (_, open) => {
  let writing: AdTable;
  let reading: StatusTable;
  beforeEach(async () => {
    ({ writing, reading } = await open());
  });

  it("loads an ad as it was saved, and null for none", async () => {
    expect(await reading.load(volvo)).toBeNull();
    await writing.save(sampleAd(volvo), null);
    expect(await reading.load(volvo)).toEqual(await writing.load(volvo));
  });

  it("reads the history from its newest end, and no more than asked for", async () => {
    for (const sequence of [1, 2, 9, 10, 11]) {
      await writing.writeHistory(volvo, sampleEvent({ sequence }));
    }
    await writing.writeReceipt(volvo, sampleReceipt());
    const newest = await reading.readNewestHistory(volvo, 3);
    expect(newest.map(({ metadata }) => metadata.sequence)).toEqual([11, 10, 9]);
    const older = await reading.readNewestHistory(volvo, 3, 9);
    expect(older.map(({ metadata }) => metadata.sequence)).toEqual([2, 1]);
    expect(await reading.readNewestHistory({ dealerCode: "DEMO", itemId: "volvo" }, 3)).toEqual([]);
  });

  it("finds a receipt by its event alone, wherever it is filed", async () => {
    const tooLong = (last: string) => ({ dealerCode: "DEMO", itemId: `${"å".repeat(199)}${last}` });
    const short: AdKey[] = [volvo, { dealerCode: "DEMO", itemId: "a/b #2" }, { source: "sandbox" }];
    const keys = [...short, tooLong("1"), tooLong("2")];
    for (const key of keys) {
      await writing.save(sampleAd(key), null);
      await writing.writeReceipt(key, sampleReceipt({ eventId: "shared" }));
    }
    const odd = "🚗/#".repeat(60);
    await writing.writeReceipt(volvo, sampleReceipt({ eventId: odd, outcome: "failed" }));
    await writing.writeReceipt(volvo, sampleReceipt({ source: "other", eventId: "theirs" }));
    const found = await reading.findReceipts({ source: "sandbox", id: "shared" });
    expect(found.map(({ key }) => JSON.stringify(key)).sort()).toEqual(keys.map((key) => JSON.stringify(key)).sort());
    expect(await reading.findReceipts({ source: "sandbox", id: odd })).toEqual([
      { key: volvo, receipt: sampleReceipt({ eventId: odd, outcome: "failed" }) },
    ]);
    expect(await reading.findReceipts({ source: "sandbox", id: "theirs" })).toEqual([]);
  });

  it("finds no more than 100 receipts of one event, however many items it was used for", async () => {
    const keys = Array.from({ length: 101 }, (_, place) => ({ dealerCode: "DEMO", itemId: `item-${place}` }));
    await Promise.all(
      keys.map(async (key) => {
        await writing.save(sampleAd(key), null);
        await writing.writeReceipt(key, sampleReceipt({ eventId: "shared" }));
      }),
    );
    expect(await reading.findReceipts({ source: "sandbox", id: "shared" })).toHaveLength(100);
  });
});

describe("dynamoStatusTable on DynamoDB", () => {
  it("throws a RetryableError where there is no such table", async () => {
    const { client } = await openTable();
    const table = dynamoStatusTable({ client, tableName: "missing" });
    await expect(table.load(volvo)).rejects.toThrow(RetryableError);
    await expect(table.readNewestHistory(volvo, 1)).rejects.toThrow(RetryableError);
    await expect(table.findReceipts({ source: "a", id: "b" })).rejects.toThrow(RetryableError);
  });
});

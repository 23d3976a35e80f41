import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import { localTables } from "#test/support/aws/local-tables.ts";
import { loseAnswers } from "#test/support/aws/lose-answers.ts";
import { sampleAd, sampleDocument, sampleReceipt, volvo } from "#test/support/aws/sample-ads.ts";

const openTable = localTables({ maxAttempts: 2 });
let client: DynamoDBClient;
let tableName: string;

beforeEach(async () => {
  ({ client, tableName } = await openTable());
});

const readItem = async (sk: string, pk = "DEMO#volvo-1") => {
  const Key = { pk: { S: pk }, sk: { S: sk } };
  return (await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }))).Item;
};

describe("dynamoAdTable on DynamoDB", () => {
  it("knows its own save when the answer was lost", async () => {
    const table = dynamoAdTable({ client, tableName });
    loseAnswers(client);
    expect(await table.save(sampleAd(volvo), null)).toBe("saved");
    loseAnswers(client);
    expect(await table.save(sampleAd(volvo, { version: 1 }), null)).toBe("saved");
    expect(await table.load(volvo)).toMatchObject({ version: 2 });
  });

  it("takes another's save for a conflict, even of the very same ad", async () => {
    const table = dynamoAdTable({ client, tableName });
    await table.save(sampleAd(volvo), null);
    expect(await table.save(sampleAd(volvo), null)).toBe("conflict");
  });

  it("throws a RetryableError with its cause when every answer is lost, and may have saved", async () => {
    const table = dynamoAdTable({ client, tableName });
    loseAnswers(client, { times: 2 });
    const failure = await table.save(sampleAd(volvo), null).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RetryableError);
    expect(failure).toMatchObject({ cause: { name: "TimeoutError" } });
    expect(await table.load(volvo)).toMatchObject({ version: 1 });
  });

  it("throws a RetryableError where there is no such table", async () => {
    const table = dynamoAdTable({ client, tableName: "missing" });
    await expect(table.load(volvo)).rejects.toThrow(RetryableError);
    await expect(table.findDue({ tokenId: "group", now: 1, after: null, limit: 1 })).rejects.toThrow(RetryableError);
    await expect(table.writeReceipt(volvo, sampleReceipt())).rejects.toThrow(RetryableError);
  });

  it("stores documents of 60 KiB compressed", async () => {
    const body = Array.from({ length: 60 * 64 }, (_, line) => `rad ${line % 7}: fin bil`.slice(0, 16)).join("");
    const documents = { a: sampleDocument(body), b: sampleDocument(`${body}!`) };
    const table = dynamoAdTable({ client, tableName });
    await table.save(sampleAd(volvo, { documents }), null);
    const item = await readItem("ad");
    expect(item?.ad?.B?.length).toBeLessThan(10_000);
    expect(await table.load(volvo)).toEqual(sampleAd(volvo, { version: 1, documents }));
  });

  it("has an ad in the index only while it is due", async () => {
    const table = dynamoAdTable({ client, tableName });
    await table.save(sampleAd(volvo), 1234);
    expect(await readItem("ad")).toMatchObject({ tokenId: { S: "group" }, dueAt: { N: "1234" }, version: { N: "1" } });
    await table.save(sampleAd(volvo, { version: 1 }), null);
    const item = await readItem("ad");
    expect([item?.tokenId, item?.dueAt]).toEqual([undefined, undefined]);
  });

  it("lets DynamoDB forget a receipt after 90 days", async () => {
    await dynamoAdTable({ client, tableName }).writeReceipt(volvo, sampleReceipt());
    const item = await readItem("DEMO#volvo-1", "receipt#sandbox#event-1");
    expect(item?.expiresAt?.N).toBe(String(Date.parse("2027-02-19T08:00:00Z") / 1000));
  });

  it("never forgets the receipt of a charged call", async () => {
    await dynamoAdTable({ client, tableName }).writeReceipt(volvo, sampleReceipt({ ofCharge: true }));
    const item = await readItem("DEMO#volvo-1", "receipt#sandbox#event-1");
    expect(item?.receipt?.S).toContain('"ofCharge":true');
    expect(item?.expiresAt).toBeUndefined();
  });
});

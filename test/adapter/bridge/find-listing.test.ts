import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { findKey } from "#local/bridge/stage/find-key.ts";
import { findListing } from "#local/bridge/stage/find-listing.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { emptyListing } from "#shared/ad/listing.ts";
import type { TableAccess } from "#shared/aws/conditional-put.ts";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { dynamoChainTable } from "#shared/aws/dynamo-chain-table.ts";
import type { UnreadableAdError } from "#shared/aws/unreadable-ad-error.ts";
import { loggedId } from "#shared/lambda/logged-id.ts";
import { localTables } from "#test/support/aws/local-tables.ts";
import { sampleAd, sampleEvent } from "#test/support/aws/sample-ads.ts";

const present = "0b9ce1a2-0000-5000-8000-000000000001";
const former = "0b9ce1a2-0000-5000-8000-000000000002";

const openTable = localTables();
let access: TableAccess;
beforeEach(async () => {
  access = await openTable();
});

const key = (itemId: string, dealerCode = "DEMO") => ({ dealerCode, itemId });
const store = (itemId: string, { listingId = present, dealerCode = "DEMO" } = {}) => {
  const ad = sampleAd(key(itemId, dealerCode), { listings: [emptyListing(listingId, 1)] });
  return dynamoAdTable(access).save(ad, null);
};
const unread: string[] = [];
const unreadable = ({ reason }: UnreadableAdError) => void unread.push(reason);
const find = (logged: string, progress: (rows: number) => void = () => {}) =>
  findListing(access, logged, { progress, unreadable });

describe("a listing id of a log line", () => {
  it("leads to the ad that has it, at rest as it may be, and to none where nobody has it", async () => {
    await store("car/1");
    await store("other", { listingId: former });
    const rows: number[] = [];
    expect(await find(present, (count) => void rows.push(count))).toEqual([key("car/1")]);
    expect(rows).toEqual([2]);
    expect(await find("0b9ce1a2-0000-5000-8000-000000000003")).toEqual([]);
  });

  it("leads to its ad past one that cannot be read, which is told of", async () => {
    await store("car");
    const bad = { pk: { S: "DEMO#bad" }, sk: { S: "ad" }, version: { N: "1" }, ad: { S: "{" } };
    await access.client.send(new PutItemCommand({ TableName: access.tableName, Item: bad }));
    expect(await find(present)).toEqual([key("car")]);
    expect(unread).toEqual(["its text is not JSON"]);
  });

  it("leads to the ad that had it before, by what was told of it, once", async () => {
    await store("car");
    for (const sequence of [1, 2]) {
      const event = sampleEvent({ sequence });
      const metadata = { ...event.metadata, listingId: former };
      await dynamoAdTable(access).writeHistory(key("car"), { ...event, metadata });
    }
    expect(await find(former)).toEqual([key("car")]);
  });

  it("leads to no ad that only mentions it", async () => {
    const event = { source: "sandbox", id: present };
    const charge = { call: "bump" as const, event, order: { sequence: null, time: 0, receivedAt: 0, place: 0 } };
    await dynamoAdTable(access).save(sampleAd(key("car"), { charges: [{ ...charge, acceptedAt: 0 }] }), null);
    await dynamoAdTable(access).writeHistory(key("car"), sampleEvent({ message: present }));
    expect(await find(present)).toEqual([]);
  });

  it("that its source has chosen leads by its hash to the item of each dealer that has it", async () => {
    await store("4711", { listingId: "4711" });
    await store("4711", { listingId: "4711", dealerCode: "SOLO" });
    await store("4712", { listingId: "4712" });
    const found = await find(loggedId("4711"));
    expect(found.map(({ dealerCode, itemId }) => `${dealerCode}/${itemId}`).sort()).toEqual(["DEMO/4711", "SOLO/4711"]);
  });

  it("that its source has chosen is never one dealer's alone, though it looks like one of ours and only one of the ads waits", async () => {
    const dueAt = { DEMO: 1, SOLO: null };
    for (const [dealerCode, at] of Object.entries(dueAt)) {
      const ad = sampleAd(key(present, dealerCode), { listings: [emptyListing(present, 1)], tokenId: "group" });
      await dynamoAdTable(access).save(ad, at);
    }
    const tokens = { listTokenIds: async () => ["group"] };
    const ports = { table: dynamoAdTable(access), chains: dynamoChainTable(access), tokens };
    const stage = { name: "the stage trial", ports, tableAccess: access } as unknown as Stage;
    await expect(findKey(stage, present)).rejects.toThrow(/^several ads have the listing .*DEMO.*SOLO|SOLO.*DEMO/);
  });

  it("is looked for in every page of the table", async () => {
    const long = "x".repeat(60_000);
    for (let sequence = 1; sequence <= 40; sequence += 1) {
      await dynamoAdTable(access).writeHistory(key("a"), sampleEvent({ sequence, message: long }));
    }
    await store("z");
    await store("b");
    expect((await find(present)).map(({ itemId }) => itemId).sort()).toEqual(["b", "z"]);
  });
});

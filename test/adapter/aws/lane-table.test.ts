import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { type Lane, pausedLane } from "#shared/ad/lane.ts";
import { dynamoLaneTable } from "#shared/aws/dynamo-lane-table.ts";
import type { LaneTable } from "#shared/steps/ports.ts";
import { fakeLaneTable } from "#test/support/aws/fake-lane-table.ts";
import { frozen } from "#test/support/aws/keep.ts";
import { localTables } from "#test/support/aws/local-tables.ts";

const openTable = localTables();

async function onDynamoDb(): Promise<LaneTable> {
  return dynamoLaneTable(await openTable()) satisfies LaneTable;
}

function sampleLane(change: Partial<Lane> = {}): Lane {
  return {
    tokenId: "group",
    dealerCode: "DEMO",
    failures: 2,
    closedUntil: 1_700_000_000_000,
    reason: "failures",
    tokenVersion: "abc",
    revision: 0,
    ...change,
  };
}

it("finds a pause that was stored before closed lanes were in the index", async () => {
  const access = await openTable();
  const { tableName: TableName } = access;
  const paused = pausedLane("DEMO", 1);
  const lane = { ...paused, revision: 1 };
  const Item = { pk: { S: "lane#*" }, sk: { S: "lane#DEMO" }, revision: { N: "1" }, lane: { S: JSON.stringify(lane) } };
  await access.client.send(new PutItemCommand({ TableName, Item }));
  expect(await dynamoLaneTable(access).findClosed()).toEqual([lane]);
});

describe.each([
  ["fakeLaneTable", async () => fakeLaneTable()],
  ["fakeLaneTable that freezes", async () => fakeLaneTable({ keep: frozen })],
  ["dynamoLaneTable", onDynamoDb],
])("%s", (_, open) => {
  let table: LaneTable;
  beforeEach(async () => {
    table = await open();
  });

  it("gives back the lanes of one token, each in all its fields, a revision further", async () => {
    const [dealer, all] = [sampleLane(), sampleLane({ dealerCode: null, closedUntil: null, reason: null })];
    await table.save(dealer);
    await table.save(all);
    await table.save(sampleLane({ tokenId: "solo" }));
    const byDealer = (a: Lane, b: Lane) => String(a.dealerCode).localeCompare(String(b.dealerCode));
    expect((await table.load("group")).sort(byDealer)).toEqual(
      [
        { ...dealer, revision: 1 },
        { ...all, revision: 1 },
      ].sort(byDealer),
    );
  });

  it("finds those that are closed, whatever their token, until they are open", async () => {
    const paused = pausedLane("DEMO2", 1_700_000_000_000);
    await table.save(sampleLane());
    await table.save(sampleLane({ dealerCode: null, closedUntil: null, reason: null }));
    await table.save(sampleLane({ tokenId: "solo" }));
    await table.save(paused);
    const namesOf = (lanes: Lane[]) => lanes.map(({ tokenId, dealerCode }) => `${tokenId} ${dealerCode}`).sort();
    expect(namesOf(await table.findClosed())).toEqual(["* DEMO2", "group DEMO", "solo DEMO"]);
    await table.save(sampleLane({ closedUntil: null, revision: 1 }));
    await table.remove(sampleLane({ tokenId: "solo", revision: 1 }));
    await table.remove({ ...paused, revision: 1 });
    expect(await table.findClosed()).toEqual([]);
  });

  it("has no lanes of a token with which nothing is wrong", async () => {
    expect(await table.load("group")).toEqual([]);
  });

  it("stores over the revision it was read at and over no other", async () => {
    await table.save(sampleLane());
    expect(await table.save(sampleLane({ failures: 9 }))).toBe("conflict");
    expect(await table.save(sampleLane({ failures: 3, revision: 1 }))).toBe("saved");
    expect(await table.load("group")).toEqual([sampleLane({ failures: 3, revision: 2 })]);
  });

  it("stores no later revision of what isn't there, and removes none", async () => {
    expect(await table.save(sampleLane({ revision: 1 }))).toBe("conflict");
    expect(await table.remove(sampleLane({ revision: 1 }))).toBe("conflict");
    expect(await table.load("group")).toEqual([]);
  });

  it("removes the revision it was read at and no other", async () => {
    await table.save(sampleLane());
    expect(await table.remove(sampleLane({ revision: 7 }))).toBe("conflict");
    expect(await table.load("group")).toHaveLength(1);
    expect(await table.remove(sampleLane({ revision: 1 }))).toBe("saved");
    expect(await table.load("group")).toEqual([]);
  });
});

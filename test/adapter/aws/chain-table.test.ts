import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { dynamoChainTable } from "#shared/aws/dynamo-chain-table.ts";
import type { Chain, ChainTable } from "#shared/steps/ports.ts";
import { fakeChainTable } from "#test/support/aws/fake-chain-table.ts";
import { frozen } from "#test/support/aws/keep.ts";
import { localTables } from "#test/support/aws/local-tables.ts";
import { loseAnswers } from "#test/support/aws/lose-answers.ts";

const minute = 60_000;
const start = Date.parse("2026-11-21T08:00:00Z");

const openTable = localTables();
let client: DynamoDBClient;
let tableName: string;

async function onDynamoDb(): Promise<ChainTable> {
  ({ client, tableName } = await openTable());
  return dynamoChainTable({ client, tableName }) satisfies ChainTable;
}

function sampleChain(change: Partial<Chain> = {}): Chain {
  return {
    tokenId: "group",
    round: 1,
    nextAt: start,
    emptySince: null,
    asleep: false,
    passAt: 0,
    readsSince: 0,
    readsPausedUntil: null,
    pace: 1,
    adsPerRead: 50,
    after: null,
    ...change,
  };
}

describe.each([
  ["fakeChainTable", async () => fakeChainTable()],
  ["fakeChainTable that freezes", async () => fakeChainTable({ keep: frozen })],
  ["dynamoChainTable", onDynamoDb],
])("%s", (_, open) => {
  let table: ChainTable;
  beforeEach(async () => {
    table = await open();
  });

  it("gives back every field of a chain", async () => {
    const full = sampleChain({
      emptySince: start - 1,
      asleep: true,
      after: "cursor",
      adsPerRead: 1,
      passAt: start - 2,
      readsSince: start - 3,
      readsPausedUntil: start + 4,
    });
    const bare = sampleChain({ tokenId: "solo" });
    expect([await table.create(full), await table.create(bare)]).toEqual(["saved", "saved"]);
    expect([await table.load("group"), await table.load("solo")]).toEqual([full, bare]);
    expect(await table.load("other")).toBeNull();
  });

  it("creates a chain once", async () => {
    await table.create(sampleChain());
    expect(await table.create(sampleChain({ round: 9 }))).toBe("conflict");
    expect(await table.load("group")).toEqual(sampleChain());
  });

  it("lets one of two begin a round", async () => {
    await table.create(sampleChain());
    expect(await table.save(sampleChain({ round: 2 }), 1)).toBe("saved");
    expect(await table.save(sampleChain({ round: 2, after: "late" }), 1)).toBe("conflict");
    expect(await table.load("group")).toEqual(sampleChain({ round: 2 }));
  });

  it("saves no chain that isn't there", async () => {
    expect(await table.save(sampleChain(), 1)).toBe("conflict");
    expect(await table.load("group")).toBeNull();
  });

  it("removes a chain only in the round it was seen in", async () => {
    await table.create(sampleChain({ round: 3 }));
    expect(await table.remove("group", 2)).toBe("conflict");
    expect(await table.load("group")).not.toBeNull();
    expect(await table.remove("group", 3)).toBe("saved");
    expect(await table.load("group")).toBeNull();
    expect(await table.remove("group", 3)).toBe("conflict");
    expect(await table.findLost(start + minute)).toEqual([]);
  });

  it("finds the chains that were to run by then, to the millisecond", async () => {
    const before = start + 20_500;
    await table.create(sampleChain({ tokenId: "past", nextAt: start - minute }));
    await table.create(sampleChain({ tokenId: "just", nextAt: before }));
    await table.create(sampleChain({ tokenId: "not-yet", nextAt: before + 1 }));
    await table.create(sampleChain({ tokenId: "far", nextAt: start + 5 * minute }));
    const lost = await table.findLost(before);
    expect(lost.map(({ tokenId }) => tokenId).sort()).toEqual(["just", "past"]);
  });

  it("no longer finds a chain that went on", async () => {
    await table.create(sampleChain());
    await table.save(sampleChain({ round: 2, nextAt: start + 5_000 }), 1);
    expect(await table.findLost(start + 4_999)).toEqual([]);
    expect(await table.findLost(start + 5_000)).toHaveLength(1);
  });
});

describe("dynamoChainTable on DynamoDB", () => {
  it("knows its own save when the answer was lost", async () => {
    const table = await onDynamoDb();
    loseAnswers(client);
    expect(await table.create(sampleChain())).toBe("saved");
    loseAnswers(client);
    expect(await table.save(sampleChain({ round: 2 }), 1)).toBe("saved");
  });

  it("keeps its place in the index for the length of a minute", async () => {
    const table = await onDynamoDb();
    await table.create(sampleChain());
    const places = new Set<string | undefined>();
    for (let round = 1; round < 12; round += 1) {
      await table.save(sampleChain({ round: round + 1, nextAt: start + round * 5_000 }), round);
      const Key = { pk: { S: "chain#group" }, sk: { S: "chain" } };
      places.add((await client.send(new GetItemCommand({ TableName: tableName, Key }))).Item?.dueAt?.N);
    }
    expect(places.size).toBe(1);
  });
});

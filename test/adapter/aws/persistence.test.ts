import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import dynalite from "dynalite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAdsTable } from "#local/emulators/create-ads-table.ts";
import { localClient } from "#local/emulators/local-client.ts";
import { startAwsStub } from "#local/emulators/start-aws-stub.ts";
import { startDynamodb } from "#local/emulators/start-dynamodb.ts";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { receiveAll } from "#test/support/aws/receive-all.ts";
import { goOn, sampleAd, volvo } from "#test/support/aws/sample-ads.ts";
import { startEmulators } from "#test/support/aws/start-emulators.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "emulators-"));
});
afterEach(() => rm(dir, { recursive: true }));

const childPath = new URL("../../support/aws/emulator-child.ts", import.meta.url).pathname;

async function storeAndKill(): Promise<void> {
  const child = spawn(process.execPath, [childPath, dir], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [said] = await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    expect(String(said)).toContain("stored");
  } finally {
    child.kill("SIGKILL");
  }
  await once(child, "exit");
}

const due = { tokenId: "group", now: 99, after: null, limit: 10 };

async function withTable<T>(run: (table: ReturnType<typeof dynamoAdTable>) => Promise<T>): Promise<T> {
  const dynamodb = await startDynamodb({ dir: join(dir, "dynamodb") });
  const client = new DynamoDBClient(localClient(dynamodb.endpoint));
  try {
    await createAdsTable({ endpoint: dynamodb.endpoint, tableName: "ads" });
    return await run(dynamoAdTable({ client, tableName: "ads" }));
  } finally {
    client.destroy();
    await dynamodb.close();
  }
}

describe("the emulators after a SIGKILL", () => {
  it("have what was stored before", { timeout: 15_000 }, async () => {
    await storeAndKill();
    await appendFile(join(dir, "ad-events.ndjson"), '{"version":"0","id":"torn');
    const { sqs, dynamodb, stub, close } = await startEmulators(dir);
    const client = new DynamoDBClient(localClient(dynamodb.endpoint));
    const table = dynamoAdTable({ client, tableName: "ads" });
    expect(await table.load(volvo)).toEqual(sampleAd(volvo, { version: 2 }));
    expect(await table.findDue(due)).toEqual({ keys: [volvo], after: null });
    expect(await receiveAll(new SQSClient(localClient(sqs.endpoint)), sqs.queueUrl("submit"))).toEqual([goOn("kept")]);
    expect(stub.deliveries().map(({ detail }) => detail)).toMatchObject([
      { metadata: { sequence: 1 } },
      { metadata: { sequence: 2 } },
    ]);
    await close();
    expect((await readFile(join(dir, "ad-events.ndjson"), "utf8")).endsWith("}\n")).toBe(true);
    const again = await startAwsStub({ dir });
    expect(again.deliveries()).toHaveLength(2);
    await again.close();
  });

  it("make the table anew whose creation was cut short", async () => {
    const server = dynalite({ path: join(dir, "dynamodb"), createTableMs: 600_000 });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as { port: number };
    const client = new DynamoDBClient(localClient(`http://127.0.0.1:${port}`));
    await client.send(
      new CreateTableCommand({
        TableName: "ads",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      }),
    );
    client.destroy();
    server.close();
    await once(server, "close");
    await withTable(async (table) => expect(await table.save(sampleAd(volvo), 7)).toBe("saved"));
  });

  it("mend a due index that was cut off from its items", async () => {
    const key = (itemId: string) => ({ dealerCode: "DEMO", itemId });
    await withTable(async (table) => {
      await table.save(sampleAd(key("lost")), 5);
      await table.save(sampleAd(key("moved")), 6);
      await table.save(sampleAd(key("done")), null);
      await table.save(sampleAd(key("fine")), 8);
    });
    await damageIndex();
    await withTable(async (table) => {
      expect((await table.findDue(due)).keys).toEqual([key("lost"), key("moved"), key("fine")]);
      expect(await table.load(key("moved"))).toEqual(sampleAd(key("moved"), { version: 1 }));
      expect(await table.load(key("done"))).toEqual(sampleAd(key("done"), { version: 1 }));
      expect(await table.load(key("never"))).toBeNull();
    });
  });
});

type Value = Record<string, { S: string } | { N: string }>;
type IndexDb = {
  put(key: string, value: Value, done: () => void): void;
  del(key: string, done: () => void): void;
};
type Store = {
  db: { open(): Promise<void>; close(): Promise<void> };
  getIndexDb(type: string, table: string, index: string): IndexDb;
  getTable(name: string, checkStatus: boolean, done: (fault: unknown, table: { KeySchema: unknown }) => void): void;
};
type Dynalite = {
  create(options: { path: string }): Store;
  createIndexKey(item: Value, table: unknown, keySchema: unknown): string;
};

/** Leaves the index as a SIGKILL between dynalite's writes does: an entry missing, one at another time, strays. */
async function damageIndex(): Promise<void> {
  const { create, createIndexKey } = createRequire(import.meta.url)("dynalite/db") as Dynalite;
  const store = create({ path: join(dir, "dynamodb") });
  await store.db.open();
  const index = store.getIndexDb("Global", "ads", "due");
  const table = await new Promise<unknown>((resolve) => store.getTable("ads", false, (_, found) => resolve(found)));
  const keySchema = [{ AttributeName: "tokenId" }, { AttributeName: "dueAt" }];
  const entry = (itemId: string, dueAt: number) => ({
    tokenId: { S: "group" },
    dueAt: { N: String(dueAt) },
    pk: { S: `DEMO#${itemId}` },
    sk: { S: "ad" },
  });
  const put = (value: Value) =>
    new Promise<void>((resolve) => index.put(createIndexKey(value, table, keySchema), value, resolve));
  const remove = (value: Value) =>
    new Promise<void>((resolve) => index.del(createIndexKey(value, table, keySchema), resolve));
  await remove(entry("lost", 5));
  await remove(entry("moved", 6));
  await put(entry("moved", 60));
  await put(entry("done", 7));
  await put(entry("never", 7));
  await store.db.close();
}

import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localClient } from "#local/emulators/local-client.ts";
import { type AwsStub, type AwsStubOptions, startAwsStub } from "#local/emulators/start-aws-stub.ts";
import { dynamoCanaryTable } from "#shared/aws/dynamo-canary-table.ts";
import { eventBridgeCanary } from "#shared/aws/event-bridge-canary.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { CanaryBus, CanaryRecord, CanaryTable } from "#shared/steps/ports.ts";
import { fakeCanaryBus } from "#test/support/aws/fake-canary-bus.ts";
import { fakeCanaryTable } from "#test/support/aws/fake-canary-table.ts";
import { localTables } from "#test/support/aws/local-tables.ts";
import { loseAnswers } from "#test/support/aws/lose-answers.ts";

const openTable = localTables();
const started: AwsStub[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((stub) => stub.close()));
});

async function onDynamoDb() {
  const access = await openTable();
  return { client: access.client, table: dynamoCanaryTable(access) satisfies CanaryTable };
}

function sampleRecord(change: Partial<CanaryRecord> = {}): CanaryRecord {
  return { watchedSince: 1_000, sentAt: 3_000, heardSentAt: null, isMissing: true, revision: 0, ...change };
}

describe.each<[string, () => Promise<CanaryTable>]>([
  ["fakeCanaryTable", async () => fakeCanaryTable()],
  ["dynamoCanaryTable", async () => (await onDynamoDb()).table],
])("%s", (_, open) => {
  let table: CanaryTable;
  beforeEach(async () => {
    table = await open();
  });

  it("has no record before the first canary", async () => {
    expect(await table.load()).toBeNull();
  });

  it("gives back the record in all its fields, a revision further", async () => {
    expect(await table.save(sampleRecord())).toBe("saved");
    expect(await table.load()).toEqual(sampleRecord({ revision: 1 }));
    const next = sampleRecord({ heardSentAt: 2_000, isMissing: false, revision: 1 });
    expect(await table.save(next)).toBe("saved");
    expect(await table.load()).toEqual({ ...next, revision: 2 });
  });

  it("stores over the revision it was read at and over no other", async () => {
    expect(await table.save(sampleRecord({ revision: 1 }))).toBe("conflict");
    await table.save(sampleRecord());
    expect(await table.save(sampleRecord({ sentAt: 9 }))).toBe("conflict");
    expect(await table.save(sampleRecord({ sentAt: 9, revision: 7 }))).toBe("conflict");
    expect(await table.load()).toEqual(sampleRecord({ revision: 1 }));
  });
});

describe("dynamoCanaryTable on DynamoDB", () => {
  it("knows its own write when its answer was lost", async () => {
    const { client, table } = await onDynamoDb();
    loseAnswers(client);
    expect(await table.save(sampleRecord())).toBe("saved");
    expect(await table.load()).toEqual(sampleRecord({ revision: 1 }));
  });
});

async function onEventBridge(options: AwsStubOptions = {}) {
  const stub = await startAwsStub(options);
  started.push(stub);
  const client = new EventBridgeClient({ ...localClient(stub.endpoint), maxAttempts: 1 });
  const bus = eventBridgeCanary({ client, busName: "ad-events", source: "blocket-bridge" }) satisfies CanaryBus;
  return { stub, client, bus, sent: () => stub.deliveries().map(({ detail }) => detail.sentAt) };
}

describe.each<[string, () => Promise<{ bus: CanaryBus; sent(): unknown[] }>]>([
  [
    "fakeCanaryBus",
    async () => {
      const bus = fakeCanaryBus();
      return { bus, sent: bus.sent };
    },
  ],
  ["eventBridgeCanary", () => onEventBridge()],
])("%s", (_, open) => {
  it("puts each canary on the bus, with the time it was sent", async () => {
    const { bus, sent } = await open();
    await bus.put({ sentAt: 1_700_000_000_123 });
    await bus.put({ sentAt: 1_700_000_000_456 });
    expect(sent()).toEqual([1_700_000_000_123, 1_700_000_000_456]);
  });
});

describe("eventBridgeCanary on EventBridge", () => {
  it("arrives under the source of the ad events and a detail-type of its own", async () => {
    const { stub, bus } = await onEventBridge();
    await bus.put({ sentAt: 1_700_000_000_123 });
    expect(stub.deliveries()).toMatchObject([
      { source: "blocket-bridge", "detail-type": "BridgeCanary", detail: { version: 1, sentAt: 1_700_000_000_123 } },
    ]);
  });

  it("knows nothing of a bus that isn't there", async () => {
    const { stub, bus } = await onEventBridge({ buses: ["another"] });
    await bus.put({ sentAt: 1 });
    expect(stub.deliveries()).toEqual([]);
  });

  it.each<[string, AwsStubOptions, string]>([
    ["the bus does not take it, though the call succeeds", { refuses: () => true }, "InternalFailure"],
    ["the call is throttled", { failsCall: () => "ThrottlingException" }, "ThrottlingException"],
  ])("throws a RetryableError when %s", async (_, options, reason) => {
    const { bus } = await onEventBridge(options);
    const error = await bus.put({ sentAt: 1 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RetryableError);
    const { message, cause } = error as RetryableError;
    expect(`${message} ${String(cause)}`).toContain(reason);
  });
});

describe("a rule on the stub's bus", () => {
  it("gets what it matches, which is then not kept, until it is taken away", async () => {
    const { stub, bus, sent } = await onEventBridge();
    const ruled: unknown[] = [];
    const remove = stub.addRule({
      matches: ({ detail }) => Number(detail.sentAt) > 1,
      deliver: ({ detail }) => void ruled.push(detail.sentAt),
    });
    await bus.put({ sentAt: 1 });
    await bus.put({ sentAt: 2 });
    remove();
    await bus.put({ sentAt: 3 });
    expect([ruled, sent()]).toEqual([[2], [1, 3]]);
  });
});

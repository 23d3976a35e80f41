import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { localClient } from "#local/emulators/local-client.ts";
import { isLoopback } from "#local/emulators/loopback-only.ts";
import { type AwsStub, type AwsStubOptions, startAwsStub } from "#local/emulators/start-aws-stub.ts";
import { startDynamodb } from "#local/emulators/start-dynamodb.ts";
import { startSqs } from "#local/emulators/start-sqs.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(closing.splice(0).map((close) => close()));
});
function closeLater<T extends { close(): Promise<void> }>(server: T): T {
  closing.push(() => server.close());
  return server;
}

describe("startSqs", () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === "IPv4" && !address.internal)?.address;

  it.skipIf(outside === undefined)("drops connections from other machines", async () => {
    const { port } = new URL(closeLater(await startSqs({ queues: [] })).endpoint);
    const end = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), outside);
      socket.once("connect", () => socket.write("GET /health HTTP/1.1\r\nhost: x\r\n\r\n"));
      socket.once("data", () => resolve("answered"));
      socket.once("error", () => resolve("dropped"));
      socket.once("close", () => resolve("dropped"));
    });
    expect(end).toBe("dropped");
  });

  it.each([
    ["127.0.0.1", true],
    ["127.1.2.3", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["10.0.0.1", false],
    ["::ffff:10.127.0.1", false],
    ["fe80::1", false],
    [undefined, false],
  ])("counts %s as from here: %s", (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });

  it("uses the emulator that SQS_ENDPOINT names, with settings given anew", async () => {
    const { endpoint } = closeLater(await startSqs({ queues: [{ name: "submit", visibilitySeconds: 5 }] }));
    vi.stubEnv("SQS_ENDPOINT", `${endpoint}/`);
    const queues = [
      { name: "submit", deadLetterQueue: "dead", maxReceiveCount: 7, visibilitySeconds: 6 },
      { name: "dead" },
    ];
    const elsewhere = closeLater(await startSqs({ queues }));
    expect(elsewhere.endpoint).toBe(endpoint);
    const client = new SQSClient(localClient(endpoint));
    const wanted = { QueueUrl: elsewhere.queueUrl("submit"), AttributeNames: ["All" as const] };
    const { Attributes } = await client.send(new GetQueueAttributesCommand(wanted));
    expect(Attributes).toMatchObject({ VisibilityTimeout: "6", RedrivePolicy: expect.stringContaining('Count":7') });
    client.destroy();
  });
});

describe("startDynamodb", () => {
  it("uses the emulator that DYNAMODB_ENDPOINT names", async () => {
    vi.stubEnv("DYNAMODB_ENDPOINT", "http://127.0.0.1:1");
    expect(closeLater(await startDynamodb()).endpoint).toBe("http://127.0.0.1:1");
  });

  it("says so when its port is taken", async () => {
    const { endpoint } = closeLater(await startDynamodb());
    await expect(startDynamodb({ port: Number(new URL(endpoint).port) })).rejects.toThrow("EADDRINUSE");
  });
});

async function startStub(options: AwsStubOptions = {}): Promise<{ stub: AwsStub; client: EventBridgeClient }> {
  const stub = closeLater(await startAwsStub(options));
  return { stub, client: new EventBridgeClient({ ...localClient(stub.endpoint), maxAttempts: 1 }) };
}
const entry = (change: object = {}) => ({ Source: "s", DetailType: "t", Detail: '{"a":1}', ...change });

describe("startAwsStub", () => {
  it("refuses bad entries one by one and takes the others", async () => {
    const { stub, client } = await startStub();
    const bad = [
      { Source: "" },
      { DetailType: undefined },
      { Detail: "{" },
      { Detail: "[]" },
      { DetailType: "x".repeat(129) },
    ];
    const Entries = [entry(), ...bad.map((change) => entry(change)), entry({ Detail: '{"a":2}' })];
    const answer = await client.send(new PutEventsCommand({ Entries }));
    expect(answer.FailedEntryCount).toBe(5);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      "InvalidArgument",
      "InvalidArgument",
      "MalformedDetail",
      "MalformedDetail",
      "InvalidArgument",
      undefined,
    ]);
    expect(stub.deliveries().map(({ detail }) => detail)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it.each([
    ["no entry", []],
    ["eleven entries", Array.from({ length: 11 }, () => entry())],
    ["a megabyte", [entry({ Detail: JSON.stringify({ a: "x".repeat(1024 * 1024) }) })]],
  ])("refuses a call with %s as a whole", async (_, Entries) => {
    const { stub, client } = await startStub();
    await expect(client.send(new PutEventsCommand({ Entries }))).rejects.toMatchObject({
      name: "ValidationException",
      $metadata: { httpStatusCode: 400 },
    });
    expect(stub.deliveries()).toEqual([]);
  });

  it("answers an operation it doesn't have as AWS does", async () => {
    const { stub } = await startStub();
    const headers = { "x-amz-target": "AWSEvents.ListRules", "content-type": "application/x-amz-json-1.1" };
    const answer = await fetch(stub.endpoint, { method: "POST", headers, body: "{}" });
    expect([answer.status, await answer.json()]).toMatchObject([400, { __type: "UnknownOperationException" }]);
  });

  it("tells its subscribers until they leave", async () => {
    const { stub, client } = await startStub();
    const heard: unknown[] = [];
    const leave = stub.subscribe(({ detail }) => heard.push(detail.a));
    await client.send(new PutEventsCommand({ Entries: [entry(), entry({ Detail: '{"a":2}' })] }));
    leave();
    await client.send(new PutEventsCommand({ Entries: [entry()] }));
    expect(heard).toEqual([1, 2]);
  });
});

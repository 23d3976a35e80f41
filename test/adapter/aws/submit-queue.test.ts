import { ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localClient } from "#local/emulators/local-client.ts";
import { type LocalSqs, startSqs } from "#local/emulators/start-sqs.ts";
import { sqsSubmitQueue } from "#shared/aws/sqs-submit-queue.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import type { SubmitQueue } from "#shared/steps/ports.ts";
import { fakeSubmitQueue } from "#test/support/aws/fake-submit-queue.ts";
import { copied, frozen, type Keep } from "#test/support/aws/keep.ts";
import { countCalls } from "#test/support/aws/lose-answers.ts";
import { receiveAll } from "#test/support/aws/receive-all.ts";
import { goOn } from "#test/support/aws/sample-ads.ts";

let sqs: LocalSqs;
let client: SQSClient;
beforeAll(async () => {
  sqs = await startSqs({ queues: [{ name: "submit" }, { name: "small" }, { name: "groups" }, { name: "opened" }] });
  client = new SQSClient({ ...localClient(sqs.endpoint), maxAttempts: 1 });
  const Attributes = { MaximumMessageSize: "1024" };
  await client.send(new SetQueueAttributesCommand({ QueueUrl: sqs.queueUrl("small"), Attributes }));
});
afterAll(async () => {
  client.destroy();
  await sqs.close();
});

const rejected = (message: string): QueueMessage => ({
  version: 1,
  kind: "rejected-event",
  source: "sandbox",
  eventId: "event-1",
  item: null,
  receivedAt: 1,
  errors: [{ pointer: "/data", code: "invalid", message }],
});
const big = rejected("x".repeat(2_000));

/** A queue that takes all but `big`, and what it holds. */
type Subject = { queue: SubmitQueue; held(): Promise<unknown[]> };

const inMemory = (keep: Keep) => async (): Promise<Subject> => {
  const queue = fakeSubmitQueue({ now: () => 0, keep });
  queue.refuse((message) => JSON.stringify(message).length > 1_024);
  return { queue, held: async () => queue.receive(100).map(({ message }) => message) };
};
const onSqs = async (): Promise<Subject> => {
  const queueUrl = sqs.queueUrl("small");
  const queue = sqsSubmitQueue({ client, queueUrl }) satisfies SubmitQueue;
  return { queue, held: () => receiveAll(client, queueUrl) };
};

describe.each([
  ["fakeSubmitQueue", inMemory(copied)],
  ["fakeSubmitQueue that freezes", inMemory(frozen)],
  ["sqsSubmitQueue", onSqs],
])("%s", (_, open) => {
  it("queues any number of messages", async () => {
    const { queue, held } = await open();
    const messages = Array.from({ length: 23 }, (_, index) => goOn(`car-${index}`));
    expect(await queue.send(messages)).toEqual([]);
    expect(await held()).toEqual(expect.arrayContaining(messages));
  });

  it("names the places of those that were not queued, and queues the others", async () => {
    const { queue, held } = await open();
    const messages = [...Array.from({ length: 11 }, (_, index) => goOn(`car-${index}`)), big, goOn("last")];
    messages[3] = big;
    expect(await queue.send(messages)).toEqual([3, 11]);
    expect(await held()).toHaveLength(11);
  });

  it("carries every character", async () => {
    const { queue, held } = await open();
    const message = rejected('🚗 åäö \u0000\u0001\u001F\u007F\uFFFE\uFFFF \uD83D "\\" %');
    expect(await queue.send([message])).toEqual([]);
    expect(await held()).toEqual([message]);
  });
});

describe("sqsSubmitQueue on SQS", () => {
  it("names every place of a call that failed, tells why, and doesn't throw", async () => {
    const faults: unknown[] = [];
    const queueUrl = sqs.queueUrl("missing");
    const queue = sqsSubmitQueue({ client, queueUrl, onFailure: (fault) => faults.push(fault) });
    expect(await queue.send([goOn("a"), goOn("b")])).toEqual([0, 1]);
    expect(faults).toMatchObject([{ name: "QueueDoesNotExist" }]);
  });

  it("splits what one call can't carry", async () => {
    const calls = countCalls(client);
    const queue = sqsSubmitQueue({ client, queueUrl: sqs.queueUrl("submit") });
    const messages = Array.from({ length: 6 }, (_, index) => rejected(`${index}`.repeat(60 * 1024)));
    expect(await queue.send(messages)).toEqual([]);
    expect(calls()).toBe(2);
    expect(await receiveAll(client, sqs.queueUrl("submit"))).toHaveLength(6);
  });

  it("groups by dealer, and leaves what names none without a group", async () => {
    const seen: (string | undefined)[] = [];
    client.middlewareStack.add(
      (next) => (args) => {
        const { Entries = [] } = args.input as { Entries?: { MessageGroupId?: string }[] };
        seen.push(...Entries.map(({ MessageGroupId }) => MessageGroupId));
        return next(args);
      },
      { step: "initialize", name: "seeGroups" },
    );
    const item = { dealerCode: "SOLO", itemId: "x" };
    const messages = [goOn("x", "DEMO"), rejected("x"), { ...rejected("x"), item } as QueueMessage];
    await sqsSubmitQueue({ client, queueUrl: sqs.queueUrl("groups") }).send(messages);
    client.middlewareStack.remove("seeGroups");
    expect(seen).toEqual(["DEMO", undefined, "SOLO"]);
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: sqs.queueUrl("groups") }));
    expect(Messages).toHaveLength(1);
  });
});

describe("opening the queue", () => {
  it("leaves nothing in it", async () => {
    const queueUrl = sqs.queueUrl("opened");
    await sqsSubmitQueue({ client, queueUrl }).open();
    expect(await receiveAll(client, queueUrl)).toEqual([]);
  });

  it("says when there is no such queue", async () => {
    const queueUrl = `${sqs.queueUrl("submit")}-no-more`;
    await expect(sqsSubmitQueue({ client, queueUrl }).open()).rejects.toThrow();
  });
});

import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, describe, expect, it } from "vitest";
import { localClient } from "#local/emulators/local-client.ts";
import { type LocalSqs, startSqs } from "#local/emulators/start-sqs.ts";
import { sqsSubmitQueue } from "#shared/aws/sqs-submit-queue.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import type { SubmitQueue } from "#shared/steps/ports.ts";
import type { Received } from "#test/support/aws/fake-queue.ts";
import { fakeSubmitQueue } from "#test/support/aws/fake-submit-queue.ts";
import { frozen } from "#test/support/aws/keep.ts";
import { receiveAll } from "#test/support/aws/receive-all.ts";
import { goOn } from "#test/support/aws/sample-ads.ts";

/** A queue with its consumer's side. Messages are hidden for half a minute, and dead after three deliveries. */
type Subject = {
  queue: SubmitQueue;
  receive(most?: number): Promise<Received<QueueMessage>[]>;
  /** Waits until there is something. */
  receiveLater(): Promise<Received<QueueMessage>[]>;
  delete(receiptHandle: string): Promise<unknown>;
  postpone(receiptHandle: string, delayMs: number): Promise<unknown>;
  deadLetters(): Promise<unknown[]>;
};

const visibilityMs = 30_000;
const maxReceiveCount = 3;
const started: { sqs: LocalSqs; client: SQSClient }[] = [];
afterEach(async () => {
  for (const { sqs, client } of started.splice(0)) {
    client.destroy();
    await sqs.close();
  }
});

async function inMemory(): Promise<Subject> {
  let now = 0;
  const queue = fakeSubmitQueue({ now: () => now, visibilityMs, maxReceiveCount, keep: frozen });
  return {
    queue,
    receive: async (most) => queue.receive(most),
    async receiveLater() {
      now = Math.max(now, queue.nextVisibleAt() ?? now);
      return queue.receive();
    },
    delete: async (handle) => queue.delete(handle),
    postpone: async (handle, delayMs) => queue.postpone(handle, delayMs),
    deadLetters: async () => queue.deadLetters(),
  };
}

async function onSqs(): Promise<Subject> {
  const sqs = await startSqs({
    queues: [{ name: "submit", deadLetterQueue: "dead", maxReceiveCount }, { name: "dead" }],
  });
  const client = new SQSClient({ ...localClient(sqs.endpoint), maxAttempts: 1 });
  started.push({ sqs, client });
  const QueueUrl = sqs.queueUrl("submit");
  const receive = async (most: number, waitSeconds: number) => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: most,
        WaitTimeSeconds: waitSeconds,
        VisibilityTimeout: visibilityMs / 1_000,
        MessageSystemAttributeNames: ["ApproximateReceiveCount"],
      }),
    );
    return Messages.map(toReceived);
  };
  return {
    queue: sqsSubmitQueue({ client, queueUrl: QueueUrl }),
    receive: (most = 10) => receive(most, 0),
    receiveLater: () => receive(10, 5),
    delete: (ReceiptHandle) => client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
    postpone: (ReceiptHandle, delayMs) =>
      client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: delayMs / 1_000 })),
    deadLetters: () => receiveAll(client, sqs.queueUrl("dead")),
  };
}

function toReceived({ MessageId = "", ReceiptHandle = "", Body = "", Attributes }: Message): Received<QueueMessage> {
  const receiveCount = Number(Attributes?.ApproximateReceiveCount);
  return { messageId: MessageId, receiptHandle: ReceiptHandle, receiveCount, message: JSON.parse(Body) };
}

const items = (received: readonly Received<QueueMessage>[]) =>
  received.map(({ message }) => (message.kind === "go-on" ? message.itemId : message.kind)).sort();

describe.each([
  ["fakeSubmitQueue", inMemory],
  ["an SQS queue", onSqs],
])("what is delivered by %s", (_, open) => {
  it("is hidden meanwhile, and delivered again by itself if it is not deleted", async () => {
    const { queue, receive, receiveLater, postpone } = await open();
    await queue.send([goOn("a")]);
    const [first] = await receive();
    expect(first).toMatchObject({ receiveCount: 1, message: goOn("a") });
    expect(await receive()).toEqual([]);
    await postpone(first?.receiptHandle ?? "", 1_000);
    const [again] = await receiveLater();
    expect(again).toMatchObject({ receiveCount: 2, message: goOn("a"), messageId: first?.messageId });
  });

  it("is gone once it is deleted", async () => {
    const { queue, receive, postpone, ...consumer } = await open();
    await queue.send([goOn("a"), goOn("b")]);
    const received = await receive();
    expect(items(received)).toEqual(["a", "b"]);
    const [gone, other] = received;
    await consumer.delete(gone?.receiptHandle ?? "");
    await postpone(other?.receiptHandle ?? "", 0);
    expect(await receive()).toMatchObject([{ messageId: other?.messageId }]);
  });

  it("is not deleted by the handle of an earlier delivery", async () => {
    const { queue, receive, postpone, ...consumer } = await open();
    await queue.send([goOn("a")]);
    const [first] = await receive();
    await postpone(first?.receiptHandle ?? "", 0);
    const [again] = await receive();
    await consumer.delete(first?.receiptHandle ?? "");
    await postpone(again?.receiptHandle ?? "", 0);
    const [third] = await receive();
    expect(third).toMatchObject({ receiveCount: 3 });
    await consumer.delete(third?.receiptHandle ?? "");
    expect(await receive()).toEqual([]);
  });

  it("keeps back nothing else, of the same dealer neither: there is no order", async () => {
    const { queue, receive } = await open();
    await queue.send([goOn("a"), goOn("b")]);
    const one = await receive(1);
    const other = await receive(1);
    expect(items([...one, ...other])).toEqual(["a", "b"]);
  });

  it("is a dead letter once it was delivered often enough", async () => {
    const { queue, receive, postpone, deadLetters } = await open();
    await queue.send([goOn("a")]);
    for (let count = 1; count <= maxReceiveCount; count += 1) {
      const [received] = await receive();
      expect(received).toMatchObject({ receiveCount: count });
      await postpone(received?.receiptHandle ?? "", 0);
    }
    expect(await receive()).toEqual([]);
    expect(await deadLetters()).toEqual([goOn("a")]);
  });
});

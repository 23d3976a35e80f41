import { GetQueueAttributesCommand, PurgeQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localClient } from "#local/emulators/local-client.ts";
import { type LocalSqs, startSqs } from "#local/emulators/start-sqs.ts";
import { sqsDeadLetters } from "#shared/aws/sqs-dead-letters.ts";
import { sqsPollQueue } from "#shared/aws/sqs-poll-queue.ts";
import { sqsVisibility } from "#shared/aws/sqs-visibility.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { PollMessage } from "#shared/contracts/queue-message.ts";
import type { PollQueue } from "#shared/steps/ports.ts";
import { fakePollQueue } from "#test/support/aws/fake-poll-queue.ts";
import { copied, frozen, type Keep } from "#test/support/aws/keep.ts";
import { receiveAll } from "#test/support/aws/receive-all.ts";

let sqs: LocalSqs;
let client: SQSClient;
beforeAll(async () => {
  sqs = await startSqs({
    queues: [{ name: "poll", deadLetterQueue: "dead", maxReceiveCount: 2 }, { name: "dead" }, { name: "empty" }],
  });
  client = new SQSClient({ ...localClient(sqs.endpoint), maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await sqs.close();
});

const round: PollMessage = { version: 1, kind: "round", tokenId: "group", round: 7 };

type Subject = { queue: PollQueue; visible(): Promise<unknown[]>; countDelayed(): Promise<number> };

const inMemory = (keep: Keep) => async (): Promise<Subject> => {
  const queue = fakePollQueue({ now: () => 0, keep });
  return {
    queue,
    visible: async () => queue.receive().map(({ message }) => message),
    countDelayed: async () => queue.messages().length,
  };
};
const onSqs = async (): Promise<Subject> => {
  const QueueUrl = sqs.queueUrl("poll");
  await client.send(new PurgeQueueCommand({ QueueUrl }));
  const AttributeNames = ["ApproximateNumberOfMessagesDelayed" as const];
  return {
    queue: sqsPollQueue({ client, queueUrl: QueueUrl }) satisfies PollQueue,
    visible: () => receiveAll(client, QueueUrl),
    countDelayed: async () => {
      const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      return Number(Attributes?.ApproximateNumberOfMessagesDelayed);
    },
  };
};

describe.each([
  ["fakePollQueue", inMemory(copied)],
  ["fakePollQueue that freezes", inMemory(frozen)],
  ["sqsPollQueue", onSqs],
])("%s", (_, open) => {
  it("delivers at once what is not delayed", async () => {
    const { queue, visible } = await open();
    await queue.send(round, 0);
    await queue.send({ version: 1, kind: "tick" }, -5);
    expect(await visible()).toEqual([round, { version: 1, kind: "tick" }]);
  });

  it("holds back what is delayed, for however short or long", async () => {
    const { queue, visible, countDelayed } = await open();
    await queue.send(round, 1);
    await queue.send(round, 24 * 60 * 60_000);
    expect(await visible()).toEqual([]);
    expect(await countDelayed()).toBe(2);
  });
});

describe("sqsPollQueue on SQS", () => {
  it("asks for a delay that SQS can give", async () => {
    const asked: unknown[] = [];
    client.middlewareStack.add(
      (next) => (args) => {
        asked.push((args.input as { DelaySeconds?: number }).DelaySeconds);
        return next(args);
      },
      { step: "initialize", name: "seeDelays" },
    );
    const queue = sqsPollQueue({ client, queueUrl: sqs.queueUrl("poll") });
    for (const delayMs of [-5_000, 0, 1, 5_000, 900_001]) {
      await queue.send(round, delayMs);
    }
    client.middlewareStack.remove("seeDelays");
    expect(asked).toEqual([0, 0, 1, 5, 900]);
  });

  it("throws a RetryableError when the message was not queued", async () => {
    const queue = sqsPollQueue({ client, queueUrl: sqs.queueUrl("missing") });
    await expect(queue.send(round, 0)).rejects.toThrow(RetryableError);
  });
});

const receiveOne = async (name: string) => {
  const names = { MessageAttributeNames: ["All"] };
  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: sqs.queueUrl(name), ...names }));
  return Messages?.[0];
};

describe("sqsDeadLetters", () => {
  it("keeps the body as it came, with the reason beside it", async () => {
    const deadLetters = sqsDeadLetters(client, sqs.queueUrl("dead"));
    await deadLetters.send({ body: "{not json", reason: "not JSON:\n🚗\uFFFF" });
    const message = await receiveOne("dead");
    expect(message?.Body).toBe("{not json");
    expect(message?.MessageAttributes?.reason?.StringValue).toBe("not JSON: \\uD83D\\uDE97\\uFFFF");
  });

  it("never has an empty reason, which SQS refuses", async () => {
    await sqsDeadLetters(client, sqs.queueUrl("empty")).send({ body: "x", reason: "" });
    expect((await receiveOne("empty"))?.MessageAttributes?.reason?.StringValue).toBe("unknown");
  });

  it("throws a RetryableError when the letter was not taken", async () => {
    const deadLetters = sqsDeadLetters(client, sqs.queueUrl("missing"));
    await expect(deadLetters.send({ body: "x", reason: "" })).rejects.toThrow(RetryableError);
  });
});

describe("sqsVisibility", () => {
  it("brings a failed message back as told, and leaves it to the dead letters in the end", async () => {
    const { queue, visible } = await onSqs();
    await queue.send(round, 0);
    const { postpone } = sqsVisibility(client, sqs.queueUrl("poll"));
    await postpone((await receiveOne("poll"))?.ReceiptHandle ?? "", 0);
    await postpone((await receiveOne("poll"))?.ReceiptHandle ?? "", 0);
    expect(await receiveOne("poll")).toBeUndefined();
    expect(await visible()).toEqual([]);
    expect(JSON.parse((await receiveOne("dead"))?.Body ?? "")).toEqual(round);
  });
});

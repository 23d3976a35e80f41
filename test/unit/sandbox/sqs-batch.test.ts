import { describe, expect, it } from "vitest";
import { selectHandled, toSqsEvent } from "#local/sandbox/sqs-batch.ts";

const messages = ["a", "b", "c"].map((id) => ({ MessageId: id, ReceiptHandle: `handle-${id}`, Body: "{}" }));
const failures = (...ids: unknown[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

describe("a batch for a function", () => {
  it("carries each message with what SQS knows of it", () => {
    const [message] = messages;
    const received = { ...message, Attributes: { ApproximateReceiveCount: "3", SentTimestamp: "1700000000000" } };
    expect(toSqsEvent([received], "submit").Records).toMatchObject([
      {
        messageId: "a",
        receiptHandle: "handle-a",
        body: "{}",
        attributes: { ApproximateReceiveCount: "3", SentTimestamp: "1700000000000" },
        eventSource: "aws:sqs",
        eventSourceARN: "arn:aws:sqs:eu-north-1:000000000000:submit",
      },
    ]);
  });
});

describe("what is deleted after a batch", () => {
  it.each([
    ["nothing said", undefined, ["a", "b", "c"]],
    ["null said", null, ["a", "b", "c"]],
    ["no failures", failures(), ["a", "b", "c"]],
    ["one failure", failures("b"), ["a", "c"]],
    ["all failed", failures("a", "b", "c"), []],
    ["a failure nobody knows", failures("b", "x"), []],
    ["a failure without a name", failures(undefined), []],
    ["failures that are no list", { batchItemFailures: "b" }, []],
  ])("%s", (_, answer, kept) => {
    expect(selectHandled(messages, answer).map(({ MessageId }) => MessageId)).toEqual(kept);
  });
});

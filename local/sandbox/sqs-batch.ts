import type { Message } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";

/** A batch of received messages as Lambda hands it to a function. */
export function toSqsEvent(messages: readonly Message[], queueName: string): SQSEvent {
  return { Records: messages.map((message) => toRecord(message, queueName)) };
}

function toRecord(message: Message, queueName: string): SQSRecord {
  const attributes = { ...message.Attributes };
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: {
      ...attributes,
      ApproximateReceiveCount: attributes.ApproximateReceiveCount ?? "1",
      SentTimestamp: attributes.SentTimestamp ?? "",
      SenderId: attributes.SenderId ?? "",
      ApproximateFirstReceiveTimestamp: attributes.ApproximateFirstReceiveTimestamp ?? "",
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? "",
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:eu-north-1:000000000000:${queueName}`,
    awsRegion: "eu-north-1",
  };
}

/**
 * The messages that Lambda deletes after a batch: all but those reported as failed. An answer that isn't of the agreed form,
 * or that names a message which was not in the batch, counts as the failure of all.
 */
export function selectHandled(messages: readonly Message[], answer: unknown): Message[] {
  if (answer === null || answer === undefined || typeof answer !== "object") {
    return [...messages];
  }
  const { batchItemFailures = [] } = answer as Partial<SQSBatchResponse>;
  if (!Array.isArray(batchItemFailures)) {
    return [];
  }
  const failed = batchItemFailures.map((failure) => failure?.itemIdentifier);
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  const names = new Set(failed);
  return failed.every((name) => known.has(name)) ? messages.filter(({ MessageId }) => !names.has(MessageId ?? "")) : [];
}

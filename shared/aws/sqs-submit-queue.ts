import { Buffer } from "node:buffer";
import {
  EmptyBatchRequest,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import { chunkEntries } from "./chunk-entries.ts";
import { toMessageBody } from "./sqs-body.ts";

/** Of SendMessageBatch; 256 KiB holds wherever a queue's own limit was not raised. */
const limits = { most: 10, mostBytes: 256 * 1024 };

export type SubmitQueueAccess = {
  client: SQSClient;
  queueUrl: string;
  /** Told why messages were not queued: a call's error, or the codes that a batch gave. */
  onFailure?: (fault: unknown) => void;
};

/** The submit queue. Messages of one dealer are one group, so that a dealer with thousands of cars doesn't delay another. */
export function sqsSubmitQueue({ client, queueUrl, onFailure }: SubmitQueueAccess) {
  const sendChunk = async (entries: SendMessageBatchRequestEntry[]): Promise<(string | undefined)[]> => {
    try {
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
      if (Failed.length > 0) {
        onFailure?.(new Error(`not queued: ${Failed.map(({ Code }) => Code).join(", ")}`));
      }
      return Failed.map(({ Id }) => Id);
    } catch (fault) {
      onFailure?.(fault);
      return entries.map(({ Id }) => Id);
    }
  };
  return {
    /**
     * Sends nothing, which SQS refuses: after that the connection is open and all that sending takes is loaded. It needs no
     * permission beside that to send. Throws what else goes wrong.
     */
    async open(): Promise<void> {
      try {
        await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [] }));
      } catch (fault) {
        if (!(fault instanceof EmptyBatchRequest)) {
          throw fault;
        }
      }
    },
    /** Never throws: who sends a hundred must learn which of them are safe. */
    async send(messages: readonly QueueMessage[]): Promise<number[]> {
      const bytesOf = ({ MessageBody = "" }: SendMessageBatchRequestEntry) => Buffer.byteLength(MessageBody);
      const chunks = chunkEntries(messages.map(toEntry), { ...limits, bytesOf });
      const failed = (await Promise.all(chunks.map(sendChunk))).flat();
      return failed.map(Number).sort((a, b) => a - b);
    },
  };
}

function toEntry(message: QueueMessage, place: number): SendMessageBatchRequestEntry {
  const dealerCode = dealerOf(message);
  return {
    Id: String(place),
    MessageBody: toMessageBody(message),
    ...(dealerCode === undefined ? {} : { MessageGroupId: dealerCode }),
  };
}

function dealerOf(message: QueueMessage): string | undefined {
  switch (message.kind) {
    case "inventory-event":
      return message.event.data.dealerCode;
    case "rejected-event":
      return message.item?.dealerCode;
    case "go-on":
      return message.dealerCode;
    default:
      throw new Error(`no such message: ${message satisfies never}`);
  }
}

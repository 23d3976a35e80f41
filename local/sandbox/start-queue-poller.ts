import { setTimeout as wait } from "node:timers/promises";
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { localClient } from "#local/emulators/local-client.ts";
import { type Invocation, invokeFunction } from "./invoke-function.ts";
import { selectHandled, toSqsEvent } from "./sqs-batch.ts";

export type QueuePoller = { close(): Promise<void> };

export type QueuePollerOptions = {
  endpoint: string;
  queueUrl: string;
  queueName: string;
  batchSize: number;
  /** How many batches are handled at once. */
  concurrency: number;
  invocation: Invocation;
  /** Told of a batch that was thrown back whole, and of trouble with the queue itself. */
  report: (line: string) => void;
};

const longestWaitSeconds = 20;
const pauseAfterTroubleMs = 500;

/**
 * Does what Lambda's event source mapping does for a queue: receives batches, hands each to the function, deletes what was
 * handled; the rest comes back after its visibility. `close` ends once the batches under way have ended.
 */
export function startQueuePoller(options: QueuePollerOptions): QueuePoller {
  const client = new SQSClient(localClient(options.endpoint));
  const closing = new AbortController();
  const receivers = Array.from({ length: options.concurrency }, () => receiveUntil(closing.signal, client, options));
  return {
    close: async () => {
      closing.abort();
      await Promise.all(receivers);
      client.destroy();
    },
  };
}

async function receiveUntil(closing: AbortSignal, client: SQSClient, options: QueuePollerOptions): Promise<void> {
  while (!closing.aborted) {
    try {
      const messages = await receiveBatch(closing, client, options);
      if (messages.length > 0) {
        await handleBatch(messages, client, options);
      }
    } catch (error) {
      if (!closing.aborted) {
        options.report(`queue ${options.queueName}: ${error instanceof Error ? error.message : String(error)}`);
        await wait(pauseAfterTroubleMs);
      }
    }
  }
}

async function receiveBatch(abortSignal: AbortSignal, client: SQSClient, options: QueuePollerOptions) {
  const command = new ReceiveMessageCommand({
    QueueUrl: options.queueUrl,
    MaxNumberOfMessages: options.batchSize,
    WaitTimeSeconds: longestWaitSeconds,
    MessageSystemAttributeNames: ["All"],
  });
  return (await client.send(command, { abortSignal })).Messages ?? [];
}

async function handleBatch(messages: Message[], client: SQSClient, options: QueuePollerOptions): Promise<void> {
  const answer = await invokeFunction(options.invocation, toSqsEvent(messages, options.queueName));
  const handled = selectHandled(messages, answer);
  if (handled.length === 0) {
    return;
  }
  const Entries = handled.map(({ ReceiptHandle }, place) => ({ Id: String(place), ReceiptHandle }));
  const { Failed = [] } = await client.send(new DeleteMessageBatchCommand({ QueueUrl: options.queueUrl, Entries }));
  if (Failed.length > 0) {
    throw new Error(`${Failed.length} handled messages could not be deleted: ${Failed[0]?.Message}`);
  }
}

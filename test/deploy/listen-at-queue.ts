import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Delivery } from "#local/emulators/event-bus-rules.ts";
import type { Bus } from "#local/sandbox/ad-event-deliveries.ts";

export type Listener = Bus & { close(): Promise<void> };

/** Takes every ad event off a listener's queue, repeats included. `onFault` is told when the queue can't be read. */
export function listenAtQueue(queueUrl: string, onFault: (error: Error) => void): Listener {
  const client = new SQSClient();
  const closing = new AbortController();
  const heard: Delivery[] = [];
  const subscribers = new Set<(delivery: Delivery) => void>();
  const listening = (async () => {
    while (!closing.signal.aborted) {
      const taken = await takeSome(client, { queueUrl, abortSignal: closing.signal });
      heard.push(...taken);
      for (const delivery of taken) {
        for (const subscriber of subscribers) {
          subscriber(delivery);
        }
      }
    }
  })().catch((error: Error) => {
    if (!closing.signal.aborted) {
      onFault(error);
    }
  });
  return {
    deliveries: () => heard,
    subscribe: (subscriber) => {
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
    close: async () => {
      closing.abort();
      await listening;
      client.destroy();
    },
  };
}

type Taking = { queueUrl: string; abortSignal: AbortSignal };

async function takeSome(client: SQSClient, { queueUrl, abortSignal }: Taking): Promise<Delivery[]> {
  const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 });
  const { Messages = [] } = await client.send(receive, { abortSignal });
  if (Messages.length > 0) {
    const Entries = Messages.map(({ ReceiptHandle }, place) => ({ Id: String(place), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
  return Messages.map(({ Body = "" }) => JSON.parse(Body) as Delivery);
}

import { adEventListener, type ListenerOptions } from "./ad-event-listener.ts";
import { type Delivery, readDelivery } from "./read-delivery.ts";

/** Messages of an SQS queue that is the target of a rule: each body is one delivery. */
export type QueuedDeliveries = { Records: readonly { messageId: string; body: string }[] };

/** What Lambda is told of a batch: these messages come again, the others are done with. */
export type BatchAnswer = { batchItemFailures: { itemIdentifier: string }[] };

export type LambdaListenerOptions = ListenerOptions & {
  /** Told of each message of a batch that comes again, and why; written to the log unless told. */
  onFailure?: (error: unknown, messageId: string) => void;
};

type Queued = { messageId: string; delivery: Delivery; ad: string; sequence: number };

/**
 * A Lambda function's handler for ad events: straight from a rule, or from a queue whose event source reports batch item
 * failures. Of a batch the events of one ad go one after the other in their order, and those behind one that failed come
 * again with it.
 */
export function lambdaListener(options: LambdaListenerOptions) {
  const hear = adEventListener(options);
  const { onFailure = (error, messageId) => console.error("an ad event was not handled", messageId, error) } = options;
  return async (event: Delivery | QueuedDeliveries): Promise<BatchAnswer | undefined> => {
    if (!("Records" in event)) {
      await hear(event);
      return undefined;
    }
    const { readable, failed } = sortOut(event, onFailure);
    const ads = Map.groupBy(readable, ({ ad }) => ad);
    const left = await Promise.all([...ads.values()].map((queued) => hearInOrder(queued, hear, onFailure)));
    return { batchItemFailures: [...failed, ...left.flat()].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

type OnFailure = NonNullable<LambdaListenerOptions["onFailure"]>;

function sortOut({ Records }: QueuedDeliveries, onFailure: OnFailure): { readable: Queued[]; failed: string[] } {
  const [readable, failed]: [Queued[], string[]] = [[], []];
  for (const { messageId, body } of Records) {
    try {
      const delivery = JSON.parse(body) as Delivery;
      const { ad, fact } = readDelivery(delivery);
      readable.push({ messageId, delivery, ad, sequence: fact.sequence });
    } catch (error) {
      onFailure(error, messageId);
      failed.push(messageId);
    }
  }
  return { readable, failed };
}

/** The ids of the messages from the first that failed on. */
async function hearInOrder(
  queued: readonly Queued[],
  hear: (delivery: Delivery) => Promise<unknown>,
  onFailure: OnFailure,
): Promise<string[]> {
  const inOrder = queued.toSorted((a, b) => a.sequence - b.sequence);
  for (const [place, { messageId, delivery }] of inOrder.entries()) {
    try {
      await hear(delivery);
    } catch (error) {
      onFailure(error, messageId);
      return inOrder.slice(place).map((later) => later.messageId);
    }
  }
  return [];
}

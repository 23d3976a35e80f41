import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { chunksOf } from "./memory-clients.ts";
import type { World } from "./world.ts";

export type MemoryQueue = {
  put(body: string, delayMs: number): void;
  /** Lambda's event source mapping: from now on the function is invoked with what becomes visible. */
  consume(consumer: Consumer): void;
};

export type Consumer = {
  /** To whom receiving and deleting is billed. */
  part: string;
  batchSize: number;
  maxConcurrency: number;
  /** How long a batch may wait to become full; 0: not at all. */
  windowMs: number;
  isGrouped: boolean;
  invoke(event: SQSEvent): Promise<SQSBatchResponse | undefined>;
};

/** A standard queue in virtual time. A message that its function fails to handle is a fault of the bench, and thrown. */
export function memoryQueue(world: World): MemoryQueue {
  const visible: { body: string; since: number }[] = [];
  let consumer: Consumer | null = null;
  let running = 0;
  let count = 0;
  const { engine, meter } = world;
  const bill = ({ part, isGrouped }: Consumer, requests: number) => {
    meter.count(part, "SQS requests", requests);
    if (isGrouped) {
      meter.count(part, "SQS requests with a group", requests);
    }
  };
  const take = async (to: Consumer) => {
    const bodies = visible.splice(0, to.batchSize).map(({ body }) => body);
    running += 1;
    bill(to, chunksOf(bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0)));
    const Records = bodies.map((body) => recordOf(body, `message-${++count}`));
    const answer = await to.invoke({ Records });
    if ((answer?.batchItemFailures.length ?? 0) > 0) {
      throw new Error(`a message was not handled: ${bodies[0]}`);
    }
    bill(to, 1);
    running -= 1;
    dispatch();
  };
  const dispatch = () => {
    while (consumer !== null && visible.length > 0 && running < consumer.maxConcurrency) {
      const [oldest] = visible;
      const isRipe = visible.length >= consumer.batchSize || (oldest?.since ?? 0) + consumer.windowMs <= engine.now();
      if (!isRipe) {
        return;
      }
      void take(consumer);
    }
  };
  return {
    put(body, delayMs) {
      engine.at(engine.now() + delayMs, () => {
        visible.push({ body, since: engine.now() });
        dispatch();
        if (consumer !== null && consumer.windowMs > 0) {
          engine.at(engine.now() + consumer.windowMs, dispatch);
        }
      });
    },
    consume(next) {
      consumer = next;
      dispatch();
    },
  };
}

function recordOf(body: string, messageId: string): SQSRecord {
  const times = { SentTimestamp: "0", ApproximateFirstReceiveTimestamp: "0" };
  return {
    messageId,
    receiptHandle: messageId,
    body,
    attributes: { ApproximateReceiveCount: "1", SenderId: "", ...times },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-north-1:000000000000:queue",
    awsRegion: "eu-north-1",
  };
}

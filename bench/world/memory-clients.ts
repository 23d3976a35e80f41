import type {
  DeleteItemCommandInput,
  DynamoDBClient,
  PutItemCommandInput,
  QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { EventBridgeClient, PutEventsCommandInput } from "@aws-sdk/client-eventbridge";
import type { SendMessageBatchCommandInput, SendMessageCommandInput, SQSClient } from "@aws-sdk/client-sqs";
import { awsCallMs } from "./assumptions.ts";
import type { MemoryQueue } from "./memory-queue.ts";
import type { Units } from "./memory-table.ts";
import type { World } from "./world.ts";

type Command = { constructor: { name: string }; input: unknown };

const chunkBytes = 64 * 1024;

/** As many requests as SQS and EventBridge bill for so many bytes. */
export const chunksOf = (bytes: number) => Math.max(1, Math.ceil(bytes / chunkBytes));

/** A DynamoDB client of one part of the system: what it sends takes time, and is billed to the part. */
export function memoryDynamoDb({ engine, meter, processor, table }: World, part: string): DynamoDBClient {
  const operations: Record<string, (input: never, bill: (units: Units) => void) => unknown> = {
    GetItemCommand: table.get,
    PutItemCommand: table.put,
    DeleteItemCommand: table.delete,
    QueryCommand: table.query,
  };
  const billTo = (what: string) => (units: Units) => {
    meter.count(part, "DynamoDB read units", units.reads);
    meter.count(part, "DynamoDB write units", units.writes);
    meter.countAsked(what, units);
  };
  const send = async (command: Command) => {
    const operation = operations[command.constructor.name];
    if (operation === undefined) {
      throw new Error(`no ${command.constructor.name} is known`);
    }
    meter.count(part, "DynamoDB requests", 1);
    await engine.sleep(awsCallMs);
    const bill = billTo(`${part}: ${nameOf(command)}`);
    return processor.apart(() => operation(command.input as never, bill));
  };
  return { send } as unknown as DynamoDBClient;
}

/** What a request to DynamoDB asks for: its kind, and the kind of row or the index. */
function nameOf({ constructor: { name }, input }: Command): string {
  const { Item, Key, IndexName, ExpressionAttributeValues } = input as PutItemCommandInput &
    DeleteItemCommandInput &
    QueryCommandInput;
  const { pk, sk } = Item ?? Key ?? { pk: ExpressionAttributeValues?.[":pk"], sk: undefined };
  const [partition] = (pk?.S ?? "").split("#");
  const sort = sk?.S?.split("#")[0] ?? (partition === "lane" ? "lanes" : `index ${IndexName}`);
  const row = partition === "receipt" ? partition : sort;
  return `${name.replace("Command", "")} ${row}`;
}

/** An SQS client of one part; the queues go by their URLs. */
export function memorySqs({ engine, meter }: World, part: string, queues: Record<string, MemoryQueue>): SQSClient {
  const queueOf = (url: string | undefined): MemoryQueue => {
    const queue = queues[url ?? ""];
    if (queue === undefined) {
      throw new Error(`no queue is known at ${url}`);
    }
    return queue;
  };
  const bill = (bytes: number, isGrouped: boolean) => {
    meter.count(part, "SQS requests", chunksOf(bytes));
    if (isGrouped) {
      meter.count(part, "SQS requests with a group", chunksOf(bytes));
    }
  };
  const operations: Record<string, (input: never) => unknown> = {
    SendMessageCommand({ QueueUrl, MessageBody = "", DelaySeconds = 0, MessageGroupId }: SendMessageCommandInput) {
      bill(Buffer.byteLength(MessageBody), MessageGroupId !== undefined);
      queueOf(QueueUrl).put(MessageBody, DelaySeconds * 1_000);
      return {};
    },
    SendMessageBatchCommand({ QueueUrl, Entries = [] }: SendMessageBatchCommandInput) {
      const bytes = Entries.reduce((sum, { MessageBody = "" }) => sum + Buffer.byteLength(MessageBody), 0);
      bill(
        bytes,
        Entries.some(({ MessageGroupId }) => MessageGroupId !== undefined),
      );
      for (const { MessageBody = "", DelaySeconds = 0 } of Entries) {
        queueOf(QueueUrl).put(MessageBody, DelaySeconds * 1_000);
      }
      return { Failed: [] };
    },
  };
  const send = async (command: Command) => {
    const operation = operations[command.constructor.name];
    if (operation === undefined) {
      throw new Error(`no ${command.constructor.name} is known: a message failed`);
    }
    await engine.sleep(awsCallMs);
    return operation(command.input as never);
  };
  return { send } as unknown as SQSClient;
}

/** What listeners hear: an entry of PutEvents, and when. */
export type Heard = { detailType: string; detail: string; at: number };

/** An EventBridge client of one part. The bus takes everything. */
export function memoryEventBridge({ engine, meter }: World, part: string, hear: (heard: Heard) => void) {
  const send = async ({ input }: Command) => {
    const { Entries = [] } = input as PutEventsCommandInput;
    await engine.sleep(awsCallMs);
    meter.count(part, "EventBridge requests", 1);
    for (const { DetailType = "", Detail = "" } of Entries) {
      meter.count(part, "EventBridge events", chunksOf(Buffer.byteLength(Detail)));
      hear({ detailType: DetailType, detail: Detail, at: engine.now() });
    }
    return { FailedEntryCount: 0, Entries: Entries.map((_, place) => ({ EventId: String(place) })) };
  };
  return { send } as unknown as EventBridgeClient;
}

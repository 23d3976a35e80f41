import { randomBytes } from "node:crypto";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { askAws } from "./ask-aws.ts";
import { type Condition, type Item, toExpression } from "./condition.ts";

export type TableAccess = { client: DynamoDBClient; tableName: string };

/**
 * Stores an item if the condition holds. When the SDK repeats a call whose answer was lost, the condition fails on our own
 * write: so each write has an id, and a failed one reads what is stored before it calls that a conflict.
 */
export async function putIf(
  { client, tableName }: TableAccess,
  { item, condition }: { item: Item; condition: Condition },
): Promise<"saved" | "conflict"> {
  const writeId = randomBytes(9).toString("base64url");
  const put = new PutItemCommand({
    TableName: tableName,
    Item: { ...item, writeId: { S: writeId } },
    ...toExpression(condition),
  });
  if ((await sendIf(() => client.send(put))) === "saved") {
    return "saved";
  }
  const stored = await client.send(
    new GetItemCommand({
      TableName: tableName,
      Key: { pk: item.pk as AttributeValue, sk: item.sk as AttributeValue },
      ConsistentRead: true,
      ProjectionExpression: "writeId",
    }),
  );
  return stored.Item?.writeId?.S === writeId ? "saved" : "conflict";
}

/** A failed condition is an answer, every other failure an error. */
export async function sendIf(send: () => Promise<unknown>): Promise<"saved" | "conflict"> {
  try {
    await send();
    return "saved";
  } catch (cause) {
    if (cause instanceof ConditionalCheckFailedException) {
      return "conflict";
    }
    throw cause;
  }
}

/** One item, strongly consistent unless told; undefined when there is none. */
export async function readItem(
  { client, tableName }: TableAccess,
  Key: Item,
  ConsistentRead = true,
): Promise<Item | undefined> {
  const { Item } = await askAws("read the table", () =>
    client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead })),
  );
  return Item;
}

import { randomUUID } from "node:crypto";
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand
} from "@aws-sdk/client-dynamodb";
import { askAws } from "./ask-aws.js";
function isNew() {
  return { expression: "attribute_not_exists(#pk)", names: { "#pk": "pk" } };
}
function isStill(name, value) {
  return { expression: "#n = :n", names: { "#n": name }, values: { ":n": { N: String(value) } } };
}
async function putIf({ client, tableName }, { item, condition }) {
  const writeId = randomUUID();
  const put = new PutItemCommand({
    TableName: tableName,
    Item: { ...item, writeId: { S: writeId } },
    ...toExpression(condition)
  });
  if (await sendIf(() => client.send(put)) === "saved") {
    return "saved";
  }
  const stored = await client.send(
    new GetItemCommand({
      TableName: tableName,
      Key: { pk: item.pk, sk: item.sk },
      ConsistentRead: true,
      ProjectionExpression: "writeId"
    })
  );
  return stored.Item?.writeId?.S === writeId ? "saved" : "conflict";
}
function toExpression({ expression, names, values }) {
  return {
    ConditionExpression: expression,
    ExpressionAttributeNames: names,
    ...values === void 0 ? {} : { ExpressionAttributeValues: values }
  };
}
async function sendIf(send) {
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
async function readItem({ client, tableName }, Key) {
  const { Item } = await askAws(
    "read the table",
    () => client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }))
  );
  return Item;
}
export {
  isNew,
  isStill,
  putIf,
  readItem,
  sendIf,
  toExpression
};

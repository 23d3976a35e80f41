import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import middy from "@middy/core";
import httpErrorHandler from "@middy/http-error-handler";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { type InventoryEvent, settingsSchema, webhookBodySchema } from "./inventory-event.ts";
import { isSigned } from "./verify-webhook.ts";

/*
 * B, the webhook function as the tutorials have it: middy, zod, clients with their defaults; verify, parse, put an
 * idempotency record, send one message.
 */

const { TABLE_NAME, QUEUE_URL, WEBHOOK_SECRET } = settingsSchema.parse(process.env);
const dynamodb = new DynamoDBClient({});
const sqs = new SQSClient({});
const daySeconds = 86_400;

async function take(event: InventoryEvent): Promise<void> {
  const id = `${event.source}#${event.id}`;
  const expiresAt = String(Math.floor(Date.now() / 1000) + daySeconds);
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: TABLE_NAME,
        Item: { id: { S: id }, expiresAt: { N: expiresAt } },
        ConditionExpression: "attribute_not_exists(id)",
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return;
    }
    throw error;
  }
  await sqs.send(new SendMessageCommand({ QueueUrl: QUEUE_URL, MessageBody: JSON.stringify(event) }));
}

async function receive(request: APIGatewayProxyEventV2) {
  const body = request.body ?? "";
  if (!isSigned(body, request.headers, WEBHOOK_SECRET)) {
    return { statusCode: 401, body: JSON.stringify({ message: "not signed" }) };
  }
  const parsed = webhookBodySchema.safeParse(JSON.parse(body));
  if (!parsed.success) {
    return { statusCode: 400, body: JSON.stringify({ issues: parsed.error.issues }) };
  }
  const events = [parsed.data].flat();
  for (const event of events) {
    await take(event);
  }
  console.log(JSON.stringify({ message: "webhook taken", ids: events.map(({ id }) => id) }));
  return { statusCode: 202, body: JSON.stringify({ taken: events.length }) };
}

export const handler = middy<APIGatewayProxyEventV2, unknown>().use(httpErrorHandler()).handler(receive);

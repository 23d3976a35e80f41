import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { logMetrics } from "@aws-lambda-powertools/metrics/middleware";
import { Tracer } from "@aws-lambda-powertools/tracer";
import { captureLambdaHandler } from "@aws-lambda-powertools/tracer/middleware";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import middy from "@middy/core";
import httpErrorHandler from "@middy/http-error-handler";
import type { APIGatewayProxyEventV2, Context, SQSRecord } from "aws-lambda";
import { type InventoryEvent, settingsSchema, webhookBodySchema } from "./inventory-event.ts";
import { isSigned } from "./verify-webhook.ts";

/*
 * P, which is B with Powertools' logger, metrics, tracer, batch and idempotency. The events of a body are a batch, so that
 * one that fails doesn't fail the others; each is idempotent by itself.
 */

const { TABLE_NAME, QUEUE_URL, WEBHOOK_SECRET } = settingsSchema.parse(process.env);
const logger = new Logger({ serviceName: "webhook" });
const metrics = new Metrics({ namespace: "webhook", serviceName: "webhook" });
const tracer = new Tracer({ serviceName: "webhook" });
const sqs = tracer.captureAWSv3Client(new SQSClient({}));
const persistenceStore = new DynamoDBPersistenceLayer({
  tableName: TABLE_NAME,
  awsSdkV3Client: tracer.captureAWSv3Client(new DynamoDBClient({})),
});
const config = new IdempotencyConfig({ eventKeyJmesPath: "[source, id]" });
const processor = new BatchProcessor(EventType.SQS);

const send = makeIdempotent(
  async (event: InventoryEvent) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: QUEUE_URL, MessageBody: JSON.stringify(event) }));
    return { id: event.id };
  },
  { persistenceStore, config },
);

async function takeRecord(record: SQSRecord): Promise<void> {
  await send(JSON.parse(record.body) as InventoryEvent);
  metrics.addMetric("taken", MetricUnit.Count, 1);
}

async function receive(request: APIGatewayProxyEventV2, context: Context) {
  const body = request.body ?? "";
  if (!isSigned(body, request.headers, WEBHOOK_SECRET)) {
    return { statusCode: 401, body: JSON.stringify({ message: "not signed" }) };
  }
  const parsed = webhookBodySchema.safeParse(JSON.parse(body));
  if (!parsed.success) {
    return { statusCode: 400, body: JSON.stringify({ issues: parsed.error.issues }) };
  }
  config.registerLambdaContext(context);
  const events = [parsed.data].flat();
  const Records = events.map((event) => ({ messageId: event.id, body: JSON.stringify(event) }) as SQSRecord);
  const { batchItemFailures } = await processPartialResponse({ Records }, takeRecord, processor, { context });
  logger.info("webhook taken", { ids: events.map(({ id }) => id) });
  return { statusCode: 202, body: JSON.stringify({ failed: batchItemFailures }) };
}

export const handler = middy<APIGatewayProxyEventV2, unknown>()
  .use(injectLambdaContext(logger))
  .use(captureLambdaHandler(tracer))
  .use(logMetrics(metrics, { captureColdStartMetric: true }))
  .use(httpErrorHandler())
  .handler(receive);

import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SQSClient } from "@aws-sdk/client-sqs";
import { localClient } from "#local/emulators/local-client.ts";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { eventBridgeBus } from "#shared/aws/event-bridge-bus.ts";
import { sqsSubmitQueue } from "#shared/aws/sqs-submit-queue.ts";
import { goOn, sampleAd, sampleEvent, volvo } from "./sample-ads.ts";
import { startEmulators } from "./start-emulators.ts";

/*
 * Run as a process of its own with a directory: puts something into every emulator, says "stored", and stays until it is
 * killed.
 */
const dir = process.argv[2] ?? "";
const { sqs, dynamodb, stub } = await startEmulators(dir);
const table = dynamoAdTable({ client: new DynamoDBClient(localClient(dynamodb.endpoint)), tableName: "ads" });
await table.save(sampleAd(volvo), 7);
await table.save(sampleAd(volvo, { version: 1 }), 8);
const queue = sqsSubmitQueue({ client: new SQSClient(localClient(sqs.endpoint)), queueUrl: sqs.queueUrl("submit") });
await queue.send([goOn("kept")]);
const client = new EventBridgeClient(localClient(stub.endpoint));
await eventBridgeBus({ client, busName: "ad-events", source: "blocket-bridge" }).publish([
  sampleEvent({ sequence: 1 }),
  sampleEvent({ sequence: 2 }),
]);
process.stdout.write(`stored in ${join(dir)}\n`);

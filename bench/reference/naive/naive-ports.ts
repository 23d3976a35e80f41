import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { HttpCall } from "#shared/blocket/http-call.ts";

/** What each function of the naive bridge is given. */
export type NaivePorts = {
  service: string;
  dynamoDb: DynamoDBClient;
  sqs: SQSClient;
  eventBridge: EventBridgeClient;
  httpCall: HttpCall;
  tokenOf(dealerCode: string): string;
  now(): number;
  newId(): string;
  secret: string;
};

export const tableName = "ads";
export const submitUrl = "https://sqs.eu-north-1.amazonaws.com/0/submit";
export const pollUrl = "https://sqs.eu-north-1.amazonaws.com/0/poll";

/** A line of its log, as a structured logger writes it. */
export function log({ service, now }: NaivePorts, message: string, details: object): void {
  const timestamp = new Date(now()).toISOString();
  process.stdout.write(`${JSON.stringify({ level: "INFO", message, timestamp, service, ...details })}\n`);
}

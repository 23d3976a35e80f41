import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { NodeHttpHandler } from "@smithy/node-http-handler";

/**
 * How long a call to AWS may take: one attempt at most `connectionMs` + `requestMs`, all of them with their pauses about
 * `attempts` times that. It must fit inside the timeout of the function that waits.
 */
export type Patience = { connectionMs: number; requestMs: number; attempts: number };

/** Under ten seconds for all attempts; AWS answers these calls in milliseconds. */
export const usualPatience: Patience = { connectionMs: 1_000, requestMs: 2_000, attempts: 3 };

export function makeDynamoDbClient(patience = usualPatience): DynamoDBClient {
  return new DynamoDBClient(settings(patience));
}

export function makeSqsClient(patience = usualPatience): SQSClient {
  return new SQSClient(settings(patience));
}

export function makeEventBridgeClient(patience = usualPatience): EventBridgeClient {
  return new EventBridgeClient(settings(patience));
}

export function makeSecretsManagerClient(patience = usualPatience): SecretsManagerClient {
  return new SecretsManagerClient(settings(patience));
}

/** Region, credentials and, on one machine, endpoints come from the variables that the SDK itself reads. */
function settings({ connectionMs, requestMs, attempts }: Patience) {
  const pool = { keepAlive: true, maxSockets: 50 };
  return {
    maxAttempts: attempts,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectionMs,
      requestTimeout: requestMs,
      throwOnRequestTimeout: true,
      httpAgent: new HttpAgent(pool),
      httpsAgent: new HttpsAgent(pool),
    }),
  };
}

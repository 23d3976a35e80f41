import { makeDynamoDbClient, makeSecretsManagerClient, makeSqsClient } from "#shared/aws/aws-clients.ts";
import { dynamoValuesTable } from "#shared/aws/dynamo-values-table.ts";
import { secretStore } from "#shared/aws/secret-store.ts";
import { sqsSubmitQueue } from "#shared/aws/sqs-submit-queue.ts";
import { sourcesSecretSchema } from "#shared/contracts/secrets.ts";
import { rateLimit } from "#shared/door/rate-limit.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";
import type { FunctionConfig } from "#shared/lambda/read-config.ts";
import { knownValuesCache } from "./known-values-cache.ts";
import type { ReceiveDependencies } from "./receive.ts";

/** The adapters, made once per container. */
export function createDependencies(config: FunctionConfig<"receive">, logger: EventLogger) {
  const now = () => Date.now();
  const valuesTable = dynamoValuesTable({ client: makeDynamoDbClient(), tableName: config.adsTable });
  const knownValues = knownValuesCache({
    load: valuesTable.loadAll,
    now,
    onFailure: (fault) => logger.warn("receive.values-not-read", fault, {}),
  });
  return {
    sources: secretStore({
      client: makeSecretsManagerClient(),
      secretId: config.sourcesSecret,
      schema: sourcesSecretSchema,
      now,
    }),
    rateLimit: rateLimit(now),
    queue: sqsSubmitQueue({
      client: makeSqsClient(),
      queueUrl: config.submitQueue,
      onFailure: (fault) => logger.warn("receive.not-queued", fault, {}),
    }),
    knownValues,
    mostPictures: config.maxPictures,
    now,
  } satisfies ReceiveDependencies;
}

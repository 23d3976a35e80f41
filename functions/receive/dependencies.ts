import { makeDynamoDbClient, makeSqsClient } from "#shared/aws/aws-clients.ts";
import { dynamoValuesTable } from "#shared/aws/dynamo-values-table.ts";
import { sqsSubmitQueue } from "#shared/aws/sqs-submit-queue.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";
import type { FunctionConfig } from "#shared/lambda/read-config.ts";
import { doorAdapters } from "#shared/wiring/door-adapters.ts";
import { knownValuesCache } from "./known-values-cache.ts";
import type { ReceiveDependencies } from "./receive.ts";

/** The adapters, made once per container. */
export function createDependencies(config: FunctionConfig<"receive">, logger: EventLogger) {
  const door = doorAdapters(config.sourcesSecret, logger);
  const valuesTable = dynamoValuesTable({ client: makeDynamoDbClient(), tableName: config.adsTable });
  const knownValues = knownValuesCache({
    load: valuesTable.loadAll,
    now: door.now,
    onFailure: (fault) => logger.warn("receive.values-not-read", fault, {}),
  });
  return {
    ...door,
    queue: sqsSubmitQueue({
      client: makeSqsClient(),
      queueUrl: config.submitQueue,
      onFailure: (fault) => logger.warn("receive.not-queued", fault, {}),
    }),
    knownValues,
    mostPictures: config.maxPictures,
  } satisfies ReceiveDependencies;
}

import { makeDynamoDbClient, makeEventBridgeClient } from "#shared/aws/aws-clients.ts";
import { dynamoCanaryTable } from "#shared/aws/dynamo-canary-table.ts";
import { dynamoValuesTable } from "#shared/aws/dynamo-values-table.ts";
import { eventBridgeCanary } from "#shared/aws/event-bridge-canary.ts";
import { sqsDeadLetters } from "#shared/aws/sqs-dead-letters.ts";
import { sqsSubmitQueue } from "#shared/aws/sqs-submit-queue.ts";
import { sqsVisibility } from "#shared/aws/sqs-visibility.ts";
import { blocketValueLists } from "#shared/blocket/value-lists.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";
import type { FunctionConfig } from "#shared/lambda/read-config.ts";
import { bridgeAdapters } from "#shared/wiring/bridge-adapters.ts";
import { bridgeLog } from "#shared/wiring/bridge-log.ts";
import { canaryLog } from "./log-canary.ts";
import { roundLog, standingLog } from "./log-rounds.ts";
import { valuesLog } from "./log-values.ts";
import type { PollPorts } from "./poll.ts";

/** Well within the function's timeout, after all that a tick does before it. */
const valuesBudgetMs = 40_000;

/** Everything `poll` waits for, made once per container. */
export function createDependencies(config: FunctionConfig<"poll">, logger: EventLogger) {
  const { sqs, calls, ports, warmUp } = bridgeAdapters(config, logger);
  const canaryBus = { client: makeEventBridgeClient(), busName: config.eventBus, source: config.eventSource };
  const pollPorts: PollPorts = {
    ...ports,
    submitQueue: sqsSubmitQueue({
      client: sqs,
      queueUrl: config.submitQueue,
      onFailure: (fault) => logger.warn("poll.go-on-failed", fault, {}),
    }),
    canaryBus: eventBridgeCanary(canaryBus),
    canaryTable: dynamoCanaryTable({ client: makeDynamoDbClient(), tableName: config.adsTable }),
    valuesTable: dynamoValuesTable({ client: makeDynamoDbClient(), tableName: config.adsTable }),
    valueLists: blocketValueLists({ ...calls, budgetMs: valuesBudgetMs }),
    logValues: valuesLog(logger),
    logCanary: canaryLog(logger, config.eventBus),
    maxReadsPerSecond: config.maxReadsPerSecond,
    ...bridgeLog(logger),
    logRound: roundLog(logger),
    logStanding: standingLog(logger),
    logFailure: (fault) => logger.error("poll.ad-failed", fault, {}),
  };
  return {
    ports: pollPorts,
    deadLetters: sqsDeadLetters(sqs, config.pollDeadLetters),
    postpone: sqsVisibility(sqs, config.pollQueue).postpone,
    warmUp,
  };
}

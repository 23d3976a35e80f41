import { makeDynamoDbClient, makeEventBridgeClient } from "#shared/aws/aws-clients.ts";
import { dynamoCanaryTable } from "#shared/aws/dynamo-canary-table.ts";
import { eventBridgeCanary } from "#shared/aws/event-bridge-canary.ts";
import { sqsDeadLetters } from "#shared/aws/sqs-dead-letters.ts";
import { sqsSubmitQueue } from "#shared/aws/sqs-submit-queue.ts";
import { sqsVisibility } from "#shared/aws/sqs-visibility.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";
import type { FunctionConfig } from "#shared/lambda/read-config.ts";
import { bridgeAdapters } from "#shared/wiring/bridge-adapters.ts";
import { canaryLog } from "./log-canary.ts";
import type { PollPorts } from "./poll.ts";

/** Everything `poll` waits for, made once per container. */
export function createDependencies(config: FunctionConfig<"poll">, logger: EventLogger) {
  const { sqs, ports, warmUp } = bridgeAdapters(config);
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
    logCanary: canaryLog(logger, config.eventBus),
    maxReadsPerSecond: config.maxReadsPerSecond,
    logLane: (line) => logger.event("lane.changed", line),
    logRound: (line) => logger.event("poll.round", line),
    logFailure: (fault) => logger.error("poll.ad-failed", fault, {}),
  };
  return {
    ports: pollPorts,
    deadLetters: sqsDeadLetters(sqs, config.pollDeadLetters),
    postpone: sqsVisibility(sqs, config.pollQueue).postpone,
    warmUp,
  };
}

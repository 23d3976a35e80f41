import { sqsDeadLetters } from "#shared/aws/sqs-dead-letters.ts";
import { sqsVisibility } from "#shared/aws/sqs-visibility.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";
import type { FunctionConfig } from "#shared/lambda/read-config.ts";
import { bridgeAdapters } from "#shared/wiring/bridge-adapters.ts";
import { bridgeLog } from "#shared/wiring/bridge-log.ts";
import { callLog, foreignLog } from "./log-calls.ts";
import type { SubmitPorts } from "./submit.ts";

/** Everything `submit` waits for, made once per container. */
export function createDependencies(config: FunctionConfig<"submit">, logger: EventLogger) {
  const { sqs, ports, warmUp } = bridgeAdapters(config, logger);
  return {
    ports: {
      ...ports,
      forceHidden: config.forceHidden,
      ...bridgeLog(logger),
      logCall: callLog(logger),
      logForeign: foreignLog(logger),
    } satisfies SubmitPorts,
    deadLetters: sqsDeadLetters(sqs, config.submitDeadLetters),
    postpone: sqsVisibility(sqs, config.submitQueue).postpone,
    warmUp,
  };
}

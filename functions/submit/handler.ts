import { formatAdKey } from "#shared/ad/ad-key.ts";
import { queueMessageSchema } from "#shared/contracts/queue-message.ts";
import { createLogger } from "#shared/lambda/logger.ts";
import { readConfig } from "#shared/lambda/read-config.ts";
import { sqsHandler } from "#shared/lambda/sqs-handler.ts";
import { warmUp } from "#shared/lambda/warm-up.ts";
import { createDependencies } from "./dependencies.ts";
import { submit } from "./submit.ts";
import { keyOf } from "./take-message.ts";

const name = "submit";
const config = readConfig(process.env, name);
const logger = createLogger(name, config.metricsNamespace);
const { ports, deadLetters, postpone, warmUp: readTokens } = createDependencies(config, logger);
await warmUp({ name, logger }, readTokens);

export const handler = sqsHandler(
  {
    name,
    logger,
    schema: queueMessageSchema,
    deadLetters,
    postpone,
    groupBy: (message) => formatAdKey(keyOf(message)),
  },
  (message, context) => submit(ports, message, context),
);

import { pollMessageSchema } from "#shared/contracts/queue-message.ts";
import { createLogger } from "#shared/lambda/logger.ts";
import { readConfig } from "#shared/lambda/read-config.ts";
import { sqsHandler } from "#shared/lambda/sqs-handler.ts";
import { warmUp } from "#shared/lambda/warm-up.ts";
import { createDependencies } from "./dependencies.ts";
import { poll } from "./poll.ts";

const name = "poll";
const config = readConfig(process.env, name);
const logger = createLogger(name, config.metricsNamespace);
const { ports, deadLetters, postpone, warmUp: readTokens } = createDependencies(config, logger);
await warmUp({ name, logger }, readTokens);

export const handler = sqsHandler({ name, logger, schema: pollMessageSchema, deadLetters, postpone }, (message) =>
  poll(ports, message),
);

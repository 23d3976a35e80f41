import { httpHandler } from "#shared/lambda/http-handler.ts";
import { createLogger } from "#shared/lambda/logger.ts";
import { readConfig } from "#shared/lambda/read-config.ts";
import { warmUp } from "#shared/lambda/warm-up.ts";
import { createDependencies } from "./dependencies.ts";
import { measureRequest } from "./measure-request.ts";
import { receive } from "./receive.ts";
import { rehearse } from "./rehearse.ts";

const name = "receive";
const config = readConfig(process.env, name);
const logger = createLogger(name, config.metricsNamespace);
const dependencies = createDependencies(config, logger);
await Promise.all([
  warmUp({ name, logger }, () => dependencies.sources.read()),
  warmUp({ name, logger }, () => dependencies.knownValues.read()),
  warmUp({ name, logger }, () => dependencies.queue.open()),
]);
await warmUp({ name, logger }, () => rehearse(dependencies));

export const handler = httpHandler({ name, logger, measure: measureRequest }, (request, note) =>
  receive(dependencies, request, note),
);

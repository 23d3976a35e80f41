import { measureProof } from "#shared/door/measure-proof.ts";
import { httpHandler } from "#shared/lambda/http-handler.ts";
import { createLogger } from "#shared/lambda/logger.ts";
import { readConfig } from "#shared/lambda/read-config.ts";
import { warmUp } from "#shared/lambda/warm-up.ts";
import { createDependencies } from "./dependencies.ts";
import { status } from "./status.ts";

const name = "status";
const config = readConfig(process.env, name);
const logger = createLogger(name, config.metricsNamespace);
const dependencies = createDependencies(config, logger);
await warmUp({ name, logger }, () => dependencies.sources.read());

export const handler = httpHandler({ name, logger, measure: measureProof }, (request, note) =>
  status(dependencies, request, note),
);

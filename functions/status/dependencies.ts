import { makeDynamoDbClient } from "#shared/aws/aws-clients.ts";
import { dynamoStatusTable } from "#shared/aws/dynamo-status-table.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";
import type { FunctionConfig } from "#shared/lambda/read-config.ts";
import { doorAdapters } from "#shared/wiring/door-adapters.ts";
import type { StatusDependencies } from "./status.ts";

/** The adapters, made once per container. */
export function createDependencies(config: FunctionConfig<"status">, logger: EventLogger): StatusDependencies {
  return {
    ...doorAdapters(config.sourcesSecret, logger),
    table: dynamoStatusTable({ client: makeDynamoDbClient(), tableName: config.adsTable }),
  };
}

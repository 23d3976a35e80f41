import { makeDynamoDbClient, makeSecretsManagerClient } from "#shared/aws/aws-clients.ts";
import { dynamoStatusTable } from "#shared/aws/dynamo-status-table.ts";
import { secretStore } from "#shared/aws/secret-store.ts";
import { sourcesSecretSchema } from "#shared/contracts/secrets.ts";
import { rateLimit } from "#shared/door/rate-limit.ts";
import type { FunctionConfig } from "#shared/lambda/read-config.ts";
import type { StatusDependencies } from "./status.ts";

/** The adapters, made once per container. */
export function createDependencies(config: FunctionConfig<"status">): StatusDependencies {
  const now = () => Date.now();
  return {
    sources: secretStore({
      client: makeSecretsManagerClient(),
      secretId: config.sourcesSecret,
      schema: sourcesSecretSchema,
      now,
    }),
    rateLimit: rateLimit(now),
    table: dynamoStatusTable({ client: makeDynamoDbClient(), tableName: config.adsTable }),
    now,
  };
}

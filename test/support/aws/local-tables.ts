import { randomUUID } from "node:crypto";
import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll } from "vitest";
import { createAdsTable } from "#local/emulators/create-ads-table.ts";
import { localClient } from "#local/emulators/local-client.ts";
import { type LocalDynamodb, startDynamodb } from "#local/emulators/start-dynamodb.ts";
import type { TableAccess } from "#shared/aws/conditional-put.ts";

/**
 * DynamoDB for the tests of one file, there once the first of them begins. What is returned opens an empty table of the bridge's
 * shape, with a name and a client of its own.
 */
export function localTables(config: Pick<DynamoDBClientConfig, "maxAttempts"> = {}): () => Promise<TableAccess> {
  let dynamodb: LocalDynamodb;
  const clients: DynamoDBClient[] = [];
  beforeAll(async () => {
    dynamodb = await startDynamodb();
  });
  afterAll(async () => {
    for (const client of clients) {
      client.destroy();
    }
    await dynamodb.close();
  });
  return async () => {
    const client = new DynamoDBClient({ ...localClient(dynamodb.endpoint), ...config });
    clients.push(client);
    const tableName = `ads-${randomUUID()}`;
    await createAdsTable({ endpoint: dynamodb.endpoint, tableName });
    return { client, tableName };
  };
}

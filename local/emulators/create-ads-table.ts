import { setTimeout as wait } from "node:timers/promises";
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { localClient } from "./local-client.ts";
import { mendDueIndex } from "./mend-due-index.ts";

/** Makes the table of the ads with its index, unless it is there; returns once it can be used. */
export async function createAdsTable({ endpoint, tableName }: { endpoint: string; tableName: string }): Promise<void> {
  const client = new DynamoDBClient(localClient(endpoint));
  try {
    if ((await readStatus(client, tableName)) !== undefined) {
      await mendDueIndex(client, tableName);
      return;
    }
    await client.send(new CreateTableCommand(adsTable(tableName)));
    while ((await readStatus(client, tableName)) !== "ACTIVE") {
      await wait(5);
    }
  } finally {
    client.destroy();
  }
}

async function readStatus(client: DynamoDBClient, tableName: string): Promise<string | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    return Table?.TableStatus;
  } catch (cause) {
    if (cause instanceof ResourceNotFoundException) {
      return undefined;
    }
    throw cause;
  }
}

function adsTable(tableName: string): CreateTableCommandInput {
  return {
    TableName: tableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: "sk", AttributeType: "S" },
      { AttributeName: "tokenId", AttributeType: "S" },
      { AttributeName: "dueAt", AttributeType: "N" },
    ],
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: "due",
        KeySchema: [
          { AttributeName: "tokenId", KeyType: "HASH" },
          { AttributeName: "dueAt", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ],
  };
}

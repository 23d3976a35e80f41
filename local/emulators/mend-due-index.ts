import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";

type Item = Record<string, AttributeValue>;
const keyNames = ["pk", "sk", "tokenId", "dueAt"] as const;

/**
 * Makes the `due` index agree with the items again. dynalite writes the index before the item and not in one step, so a
 * SIGKILL between the two leaves an item that can't be found, or an entry that nothing takes away; in DynamoDB
 * neither can happen.
 */
export async function mendDueIndex(client: DynamoDBClient, tableName: string): Promise<void> {
  const items = await scan(client, { TableName: tableName });
  const entries = await scan(client, { TableName: tableName, IndexName: "due" });
  const put = (Item: Item) => client.send(new PutItemCommand({ TableName: tableName, Item }));
  const itemOf = new Map(items.map((item) => [primaryKey(item), item]));
  const indexed = new Set(entries.map(indexKey));
  for (const entry of entries) {
    const item = itemOf.get(primaryKey(entry));
    if (item !== undefined && indexKey(item) === indexKey(entry)) {
      continue;
    }
    const Key = { pk: entry.pk as AttributeValue, sk: entry.sk as AttributeValue };
    // An item that is stored with the stray entry's place owns that entry, and its next write takes the entry away.
    await put({ ...item, ...entry });
    await (item === undefined ? client.send(new DeleteItemCommand({ TableName: tableName, Key })) : put(item));
  }
  for (const item of items) {
    if (item.tokenId !== undefined && item.dueAt !== undefined && !indexed.has(indexKey(item))) {
      await put(item);
    }
  }
}

async function scan(client: DynamoDBClient, query: { TableName: string; IndexName?: string }): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of paginateScan({ client }, query)) {
    found.push(...(page.Items ?? []));
  }
  return found;
}

const primaryKey = (item: Item) => JSON.stringify([item.pk, item.sk]);
const indexKey = (item: Item) => JSON.stringify(keyNames.map((name) => item[name]));

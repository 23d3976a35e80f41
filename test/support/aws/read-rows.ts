import { type DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { AdKey } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";

/** The JSON under one attribute of all rows of an ad that have it, in the order of their sort keys. */
export async function readRows<T>(
  { client, tableName }: { client: DynamoDBClient; tableName: string },
  { key, attribute }: { key: AdKey; attribute: string },
): Promise<T[]> {
  const rows: T[] = [];
  const query = {
    TableName: tableName,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": { S: formatAdKey(key) } },
    ConsistentRead: true,
  };
  for await (const page of paginateQuery({ client }, query)) {
    rows.push(
      ...(page.Items ?? []).flatMap((item) =>
        item[attribute]?.S === undefined ? [] : [JSON.parse(item[attribute].S)],
      ),
    );
  }
  return rows;
}

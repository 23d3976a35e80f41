import { Buffer } from "node:buffer";
import { type AttributeValue, QueryCommand } from "@aws-sdk/client-dynamodb";
import { askAws } from "./ask-aws.ts";
import type { Item } from "./condition.ts";
import type { TableAccess } from "./conditional-put.ts";

export const dueIndexName = "due";

export type DueQuery = { tokenId: string; until: number; after: string | null; limit?: number };

/** One page of the `due` index, earliest first: partition keys, and the cursor of the next page or null. */
export async function queryDue(
  { client, tableName }: TableAccess,
  query: DueQuery,
): Promise<{ partitions: string[]; after: string | null }> {
  const start = query.after === null ? undefined : parseCursor(query.after);
  if (start !== undefined && Number(start.dueAt?.N) > query.until) {
    return { partitions: [], after: null };
  }
  const { Items = [], LastEvaluatedKey } = await askAws("read the due index", () =>
    client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: dueIndexName,
        KeyConditionExpression: "tokenId = :token and dueAt <= :until",
        ExpressionAttributeValues: { ":token": { S: query.tokenId }, ":until": { N: String(query.until) } },
        Limit: query.limit,
        ExclusiveStartKey: start && { ...start, tokenId: { S: query.tokenId } },
      }),
    ),
  );
  return {
    partitions: Items.map((item) => item.pk?.S ?? ""),
    after: LastEvaluatedKey === undefined ? null : formatCursor(LastEvaluatedKey),
  };
}

/** All of it, page after page: partition keys. */
export async function* queryAllDue(
  table: TableAccess,
  query: Pick<DueQuery, "tokenId" | "until">,
): AsyncGenerator<string[]> {
  let after: string | null = null;
  do {
    const page: { partitions: string[]; after: string | null } = await queryDue(table, { ...query, after });
    yield page.partitions;
    after = page.after;
  } while (after !== null);
}

function formatCursor(key: Item): string {
  return Buffer.from(JSON.stringify([key.pk?.S, key.sk?.S, Number(key.dueAt?.N)])).toString("base64url");
}

function parseCursor(cursor: string): Record<"pk" | "sk" | "dueAt", AttributeValue> {
  const [pk, sk, dueAt] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [string, string, number];
  return { pk: { S: pk }, sk: { S: sk }, dueAt: { N: String(dueAt) } };
}

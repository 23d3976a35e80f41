import { type AttributeValue, DynamoDBClient, PutItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import { moveReceipts } from "#local/bridge/move-receipts/move-receipts.ts";
import { createAdsTable } from "#local/emulators/create-ads-table.ts";
import { localClient } from "#local/emulators/local-client.ts";
import { startDynamodb } from "#local/emulators/start-dynamodb.ts";
import type { TableAccess } from "#shared/aws/conditional-put.ts";

export type StoredRow = Record<string, AttributeValue>;

/** Runs `use` over an empty table in an emulator of its own. */
export async function withTable<R>(use: (access: TableAccess) => Promise<R>): Promise<R> {
  const dynamodb = await startDynamodb();
  const client = new DynamoDBClient(localClient(dynamodb.endpoint));
  try {
    await createAdsTable({ endpoint: dynamodb.endpoint, tableName: "ads" });
    return await use({ client, tableName: "ads" });
  } finally {
    client.destroy();
    await dynamodb.close();
  }
}

/** Every row as it is stored, in the order of the keys. */
export async function readStoredRows({ client, tableName }: TableAccess): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName })) {
    rows.push(...Items);
  }
  return rows.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** Stores the rows of a version as an upgrade leaves them: `move-receipts` is part of it. */
export async function putUpgradedRows(access: TableAccess, rows: readonly StoredRow[]): Promise<void> {
  for (const Item of rows) {
    await access.client.send(new PutItemCommand({ TableName: access.tableName, Item }));
  }
  await moveReceipts(access, { deleteOld: false });
}

/** The rows of a version, and what an upgrade makes of them. */
export function upgradeRows(rows: readonly StoredRow[]): Promise<StoredRow[]> {
  return withTable(async (access) => {
    await putUpgradedRows(access, rows);
    return readStoredRows(access);
  });
}

const nameOf = ({ pk, sk }: StoredRow) => JSON.stringify([pk?.S, sk?.S]);

/** Bytes as base64, which JSON can hold. */
export function formatRows(rows: readonly StoredRow[]): string {
  const bytesAsText = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && "B" in value
      ? { base64: Buffer.from(value.B as Uint8Array).toString("base64") }
      : value;
  return `${JSON.stringify(rows, bytesAsText, 2)}\n`;
}

export function parseRows(text: string): StoredRow[] {
  return JSON.parse(text, (_, value) =>
    typeof value?.base64 === "string" ? { B: Buffer.from(value.base64, "base64") } : value,
  );
}

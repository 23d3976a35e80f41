import { DeleteItemCommand, PutItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import { parseAdKey } from "#shared/ad/ad-key.ts";
import { askAws } from "#shared/aws/ask-aws.ts";
import { type Item, isNew, toExpression } from "#shared/aws/condition.ts";
import { sendIf, type TableAccess } from "#shared/aws/conditional-put.ts";
import { receiptItem } from "#shared/aws/receipt-item.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";

/** `found`: receipts in the old place; of those, `copied` were not in the new one yet, and `deleted` are gone from the old one. */
export type Moved = { found: number; copied: number; deleted: number };

const atOnce = 25;

/**
 * Copies every receipt that 0.1.0 and 0.2.0 stored under its ad to where later versions look for it: under its event. The first
 * one stands, so that doing it again, or going on with one cut short, is harmless. The old ones expire as they would have;
 * those of charged events never do, and are deleted where that is `deleteOld`, once the copy is there. Reads the
 * whole table; `progress` hears how many rows have been looked at.
 */
export async function moveReceipts(
  access: TableAccess,
  { deleteOld }: { deleteOld: boolean },
  progress: (rows: number) => void = () => {},
): Promise<Moved> {
  const moved: Moved = { found: 0, copied: 0, deleted: 0 };
  // Only the old ones have this attribute, which was the key of their index.
  const scan = { TableName: access.tableName, ConsistentRead: true, FilterExpression: "attribute_exists(receiptOf)" };
  await askAws("move receipts", async () => {
    let rows = 0;
    for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client: access.client }, scan)) {
      for (let first = 0; first < Items.length; first += atOnce) {
        const some = Items.slice(first, first + atOnce);
        for (const { isCopied, isDeleted } of await Promise.all(some.map((row) => moveRow(access, row, deleteOld)))) {
          moved.found += 1;
          moved.copied += isCopied ? 1 : 0;
          moved.deleted += isDeleted ? 1 : 0;
        }
      }
      rows += ScannedCount;
      progress(rows);
    }
  });
  return moved;
}

async function moveRow(
  { client, tableName: TableName }: TableAccess,
  row: Item,
  deleteOld: boolean,
): Promise<{ isCopied: boolean; isDeleted: boolean }> {
  const put = new PutItemCommand({ TableName, Item: copyOf(row), ...toExpression(isNew()) });
  const isCopied = (await sendIf(() => client.send(put))) === "saved";
  const isDeleted = deleteOld && row.expiresAt === undefined;
  if (isDeleted) {
    await client.send(new DeleteItemCommand({ TableName, Key: { pk: row.pk, sk: row.sk } as Item }));
  }
  return { isCopied, isDeleted };
}

/** The same receipt at its new key, to expire when the old one does. */
function copyOf(row: Item): Item {
  const receipt = JSON.parse(row.receipt?.S ?? "") as Receipt;
  const { expiresAt: _, ...item } = receiptItem(parseAdKey(row.pk?.S ?? ""), receipt);
  return { ...item, ...(row.expiresAt !== undefined && { expiresAt: row.expiresAt }) };
}

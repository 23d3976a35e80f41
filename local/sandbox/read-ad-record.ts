import { paginateQuery } from "@aws-sdk/client-dynamodb";
import { type Ad, type AdKey, documentOf, type StoredDocument, type Wish } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import { fromAdItem } from "#shared/aws/ad-item.ts";
import type { TableAccess } from "#shared/aws/conditional-put.ts";
import { fromReceiptItem } from "#shared/aws/receipt-item.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import { findReceiptRows } from "./find-receipts.ts";

/** What lies under an ad's own key. `events` are in order of their sequence. */
export type AdRows = { ad: Ad; events: AdEvent[] };

/** What the table holds of one ad; `receipts` are in order of time. */
export type AdRecord = AdRows & {
  wish: (Wish & { document: StoredDocument | null }) | null;
  receipts: Receipt[];
};

export type AdReader = (key: AdKey) => Promise<AdRecord | null>;

/** Reads with one strongly consistent query; null when the ad is unknown. */
export async function readAdRows({ client, tableName }: TableAccess, key: AdKey): Promise<AdRows | null> {
  const query = {
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": { S: formatAdKey(key) } },
  };
  let ad: Ad | null = null;
  const events: AdEvent[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) {
    for (const item of Items) {
      if (item.event?.S !== undefined) {
        events.push(JSON.parse(item.event.S));
      } else if (item.sk?.S === "ad") {
        ad = fromAdItem(item);
      }
    }
  }
  return ad && { ad, events };
}

/** Reads all of an ad, with every receipt, for which it looks through the whole table: for tables of a sandbox's size. */
export function adReader(access: TableAccess): AdReader {
  return async (key) => {
    const rows = await readAdRows(access, key);
    if (rows === null) {
      return null;
    }
    const receipts = await findReceiptRows(access, key);
    const moved = receipts.filter(({ pk }) => pk?.S !== formatAdKey(key));
    return recordOf(
      rows,
      moved.map((row) => fromReceiptItem(row).receipt),
    );
  };
}

export function recordOf({ ad, events }: AdRows, receipts: readonly Receipt[]): AdRecord {
  const wish = ad.wish && { ...ad.wish, document: documentOf(ad, ad.wish.want) };
  return { ad, wish, receipts: [...receipts].sort((a, b) => a.at - b.at), events };
}

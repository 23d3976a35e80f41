import { paginateScan } from "@aws-sdk/client-dynamodb";
import type { AdKey, EventRef } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import { askAws } from "#shared/aws/ask-aws.ts";
import type { Item } from "#shared/aws/condition.ts";
import { readItem, type TableAccess } from "#shared/aws/conditional-put.ts";
import { fromReceiptItem, receiptKey } from "#shared/aws/receipt-item.ts";
import { receiptSort } from "#shared/aws/table-keys.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import type { AdRows } from "./read-ad-record.ts";

/**
 * Every row with a receipt of an ad, also where 0.2.0 kept them: under the ad itself. A receipt lies under its event, so this
 * reads the whole table; `progress` hears how many rows have been looked at.
 */
export async function findReceiptRows(
  { client, tableName }: TableAccess,
  key: AdKey,
  progress: (rows: number) => void = () => {},
): Promise<Item[]> {
  const scan = {
    TableName: tableName,
    ConsistentRead: true,
    FilterExpression: "attribute_exists(receipt) and (sk = :sort or pk = :ad)",
    ExpressionAttributeValues: { ":sort": { S: receiptSort(key) }, ":ad": { S: formatAdKey(key) } },
  };
  return askAws("look for receipts", async () => {
    const found: Item[] = [];
    let rows = 0;
    for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client }, scan)) {
      rows += ScannedCount;
      progress(rows);
      found.push(...Items);
    }
    return found;
  });
}

/** The receipts of those events that an ad's record and history name, each read by its key: of others nothing is known there. */
export async function readNamedReceipts(access: TableAccess, { ad, events }: AdRows): Promise<Receipt[]> {
  const read = namedEvents({ ad, events }).map((event) => readItem(access, receiptKey(ad.key, event)));
  return (await Promise.all(read)).flatMap((item) => (item === undefined ? [] : [fromReceiptItem(item).receipt]));
}

/** The history says an event's id and not its source, so that each id is looked for under each source that the record knows. */
function namedEvents({ ad, events }: AdRows): EventRef[] {
  const known = [...(ad.wish === null ? [] : [ad.wish]), ...ad.submissions, ...ad.charges].map(({ event }) => event);
  const rejected = events.flatMap(({ data }) => ("eventId" in data ? [{ source: data.source, id: data.eventId }] : []));
  const told = events.flatMap(({ metadata }) => metadata.correlationId ?? []);
  const refs = [...known, ...rejected];
  const sources = new Set(refs.map(({ source }) => source));
  const ids = new Set([...refs.map(({ id }) => id), ...told]);
  return [...sources].flatMap((source) => [...ids].map((id) => ({ source, id })));
}

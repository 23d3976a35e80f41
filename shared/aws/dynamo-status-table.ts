import { QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Ad, AdKey, EventRef } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import { fromAdItem } from "./ad-item.ts";
import { askAws } from "./ask-aws.ts";
import { readItem, type TableAccess } from "./conditional-put.ts";
import { fromReceiptItem } from "./receipt-item.ts";
import { historyPrefix, historySort, receiptPartition, receiptsAtMost } from "./table-keys.ts";

/** The ads table for who only looks: it needs no right to write. */
export function dynamoStatusTable(table: TableAccess) {
  const { client, tableName: TableName } = table;
  return {
    async load(key: AdKey): Promise<Ad | null> {
      const item = await readItem(table, { pk: { S: formatAdKey(key) }, sk: { S: "ad" } });
      return item === undefined ? null : fromAdItem(item);
    },

    async readNewestHistory(key: AdKey, limit: number, before?: number): Promise<AdEvent[]> {
      const pk = { S: formatAdKey(key) };
      const query = new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :pk and begins_with(sk, :history)",
        ExpressionAttributeValues: { ":pk": pk, ":history": { S: historyPrefix } },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: limit,
        ...(before !== undefined && { ExclusiveStartKey: { pk, sk: { S: historySort(before) } } }),
      });
      const { Items = [] } = await askAws("read the history", () => client.send(query));
      return Items.map((item) => JSON.parse(item.event?.S ?? "") as AdEvent);
    },

    async findReceipts(event: EventRef): Promise<{ key: AdKey; receipt: Receipt }[]> {
      const query = new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :event",
        ExpressionAttributeValues: { ":event": { S: receiptPartition(event) } },
        ConsistentRead: true,
        Limit: receiptsAtMost,
      });
      const { Items = [] } = await askAws("look up a receipt", () => client.send(query));
      return Items.map(fromReceiptItem);
    },
  };
}

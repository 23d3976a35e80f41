import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Ad, AdKey, EventRef } from "#shared/ad/ad.ts";
import { formatAdKey, parseAdKey } from "#shared/ad/ad-key.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import { fromAdItem, saveCondition, toAdItem } from "./ad-item.ts";
import { askAws } from "./ask-aws.ts";
import { type Item, isNew, toExpression } from "./condition.ts";
import { putIf, readItem, sendIf, type TableAccess } from "./conditional-put.ts";
import { queryDue } from "./due-index.ts";
import { receiptItem, receiptKey } from "./receipt-item.ts";
import { historySort } from "./table-keys.ts";

/** The ads, their history and their receipts in one DynamoDB table; its layout is in `table-keys.ts`, `ad-item.ts` and `receipt-item.ts`. */
export function dynamoAdTable(table: TableAccess) {
  /** The first one stands: a repeat finds it stored and changes nothing. */
  const writeOnce = async (item: Item): Promise<void> => {
    const put = new PutItemCommand({ TableName: table.tableName, Item: item, ...toExpression(isNew()) });
    await askAws("write to the table", () => sendIf(() => table.client.send(put)));
  };
  return {
    async load(key: AdKey, { mayBeStale = false } = {}): Promise<Ad | null> {
      const item = await readItem(table, { pk: { S: formatAdKey(key) }, sk: { S: "ad" } }, !mayBeStale);
      return item === undefined ? null : fromAdItem(item);
    },

    save(ad: Ad, dueAt: number | null): Promise<"saved" | "conflict"> {
      const put = { item: toAdItem(ad, dueAt), condition: saveCondition(ad) };
      return askAws("save an ad", () => putIf(table, put));
    },

    async hasReceipt(key: AdKey, event: EventRef): Promise<boolean> {
      const item = await readItem(table, receiptKey(key, event));
      return item !== undefined;
    },

    writeReceipt(key: AdKey, receipt: Receipt): Promise<void> {
      return writeOnce(receiptItem(key, receipt));
    },

    writeHistory(key: AdKey, event: AdEvent): Promise<void> {
      return writeOnce({
        pk: { S: formatAdKey(key) },
        sk: { S: historySort(event.metadata.sequence) },
        event: { S: JSON.stringify(event) },
      });
    },

    async findDue(query: { tokenId: string; now: number; after: string | null; limit: number }) {
      const { now, ...page } = query;
      const { partitions, after } = await queryDue(table, { ...page, until: now });
      return { keys: partitions.map(parseAdKey), after };
    },
  };
}

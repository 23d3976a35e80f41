import { type DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import { type Ad, type AdKey, documentOf, type StoredDocument, type Wish } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import { fromAdItem } from "#shared/aws/ad-item.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";

/** All that the table holds of one ad. `events` are in order of their sequence, `receipts` in order of time. */
export type AdRecord = {
  ad: Ad;
  wish: (Wish & { document: StoredDocument | null }) | null;
  receipts: Receipt[];
  events: AdEvent[];
};

export type AdReader = (key: AdKey) => Promise<AdRecord | null>;

/** Reads with one strongly consistent query; null when the ad is unknown. */
export function adReader({ client, tableName }: { client: DynamoDBClient; tableName: string }): AdReader {
  return async (key) => {
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: formatAdKey(key) } },
    };
    let ad: Ad | null = null;
    const receipts: Receipt[] = [];
    const events: AdEvent[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      for (const item of Items) {
        if (item.receipt?.S !== undefined) {
          receipts.push(JSON.parse(item.receipt.S));
        } else if (item.event?.S !== undefined) {
          events.push(JSON.parse(item.event.S));
        } else if (item.sk?.S === "ad") {
          ad = fromAdItem(item);
        }
      }
    }
    receipts.sort((a, b) => a.at - b.at);
    return ad && { ad, wish: wishOf(ad), receipts, events };
  };
}

function wishOf(ad: Ad): AdRecord["wish"] {
  return ad.wish && { ...ad.wish, document: documentOf(ad, ad.wish.want) };
}

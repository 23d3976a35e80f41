import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { askAws } from "#shared/aws/ask-aws.ts";
import { type Item, isUnchanged } from "#shared/aws/condition.ts";
import { putIf, readItem } from "#shared/aws/conditional-put.ts";
import type { HeardAd, HeardAds } from "./heard-ad.ts";

export type HeardAdsTable = {
  client: DynamoDBClient;
  /** A table with the string keys `pk` and `sk`; its time to live, if it has one, by `expiresAt`. */
  tableName: string;
  /** Which listener remembers: several may share a table. */
  listener: string;
  /** For so long after its last event an ad is remembered: 400 days unless told. */
  keepDays?: number;
  now?: () => number;
};

const dayMs = 24 * 60 * 60 * 1000;

/** One item per ad, saved under the condition that nobody else has saved it since. Throws `RetryableError` where AWS fails. */
export function dynamoHeardAds({
  client,
  tableName,
  listener,
  keepDays = 400,
  now = Date.now,
}: HeardAdsTable): HeardAds {
  const keyOf = (ad: string): Item => ({ pk: { S: ad }, sk: { S: listener } });
  return {
    async load(ad) {
      const item = await readItem({ client, tableName }, keyOf(ad));
      return item === undefined ? null : (JSON.parse(item.heard?.S ?? "") as HeardAd);
    },
    async save(ad, heard) {
      const next = { ...heard, revision: heard.revision + 1 };
      const item: Item = {
        ...keyOf(ad),
        revision: { N: String(next.revision) },
        heard: { S: JSON.stringify(next) },
        expiresAt: { N: String(Math.ceil((now() + keepDays * dayMs) / 1000)) },
      };
      const condition = isUnchanged("revision", heard.revision);
      return askAws("remember an ad event", () => putIf({ client, tableName }, { item, condition }));
    },
  };
}

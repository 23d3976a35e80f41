import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { HeardAds } from "./heard-ad.js";
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
/** One item per ad, saved under the condition that nobody else has saved it since. Throws `RetryableError` where AWS fails. */
export declare function dynamoHeardAds({ client, tableName, listener, keepDays, now, }: HeardAdsTable): HeardAds;

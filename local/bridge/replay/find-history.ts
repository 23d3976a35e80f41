import { paginateScan } from "@aws-sdk/client-dynamodb";
import type { AdKey } from "#shared/ad/ad.ts";
import { formatAdKey, parseAdKey } from "#shared/ad/ad-key.ts";
import { askAws } from "#shared/aws/ask-aws.ts";
import type { TableAccess } from "#shared/aws/conditional-put.ts";
import { historyPrefix } from "#shared/aws/table-keys.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { isWithin, type Window } from "./window.ts";

/** An ad with the number of its ad events that fall into the window. */
export type AdCount = { key: AdKey; count: number };

/**
 * Which ads of a dealer, or of all (null), have told something in a window. It reads the whole table, since no index knows
 * when what was told; `progress` hears how many rows have been looked at.
 */
export async function findHistory(
  { client, tableName }: TableAccess,
  { dealerCode, window }: { dealerCode: string | null; window: Window },
  progress: (rows: number) => void,
): Promise<AdCount[]> {
  const partition = dealerCode === null ? "" : formatAdKey({ dealerCode, itemId: "" });
  const scan = {
    TableName: tableName,
    FilterExpression: `begins_with(sk, :history)${partition === "" ? "" : " and begins_with(pk, :dealer)"}`,
    ExpressionAttributeValues: {
      ":history": { S: historyPrefix },
      ...(partition === "" ? {} : { ":dealer": { S: partition } }),
    },
    ProjectionExpression: "pk, event",
  };
  const counts = new Map<string, number>();
  await askAws("look through the history", async () => {
    let rows = 0;
    for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client }, scan)) {
      rows += ScannedCount;
      progress(rows);
      for (const { pk, event } of Items) {
        const { metadata } = JSON.parse(event?.S ?? "") as AdEvent;
        if (isWithin(window, metadata.publishedAt)) {
          counts.set(pk?.S ?? "", (counts.get(pk?.S ?? "") ?? 0) + 1);
        }
      }
    }
  });
  return [...counts].map(([pk, count]) => ({ key: parseAdKey(pk), count }));
}

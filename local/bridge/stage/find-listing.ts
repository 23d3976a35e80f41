import { type AttributeValue, paginateScan } from "@aws-sdk/client-dynamodb";
import { formatAdKey, parseAdKey } from "#shared/ad/ad-key.ts";
import { fromAdItem } from "#shared/aws/ad-item.ts";
import { askAws } from "#shared/aws/ask-aws.ts";
import type { TableAccess } from "#shared/aws/conditional-put.ts";
import { historyPrefix } from "#shared/aws/table-keys.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { loggedId } from "#shared/lambda/logged-id.ts";
import type { ItemKey } from "./ad-name.ts";
import { type DueHooks, orUnreadable } from "./visit-due-ads.ts";

type Row = Record<string, AttributeValue>;

/**
 * The items that have, or have told something of, a listing of this id as log lines carry it. It reads the whole table,
 * since no index knows listings; `progress` hears how many rows have been looked at, `unreadable` which ads could not be.
 */
export async function findListing(
  { client, tableName }: TableAccess,
  logged: string,
  hooks: Pick<DueHooks, "progress" | "unreadable">,
): Promise<ItemKey[]> {
  // What was drawn stands in an ad event as it is: the table itself leaves out all others. A hash stands nowhere, and ads are packed.
  const isDrawn = loggedId(logged) === logged;
  const scan = {
    TableName: tableName,
    FilterExpression: isDrawn
      ? "sk = :ad or (begins_with(sk, :history) and contains(event, :id))"
      : "sk = :ad or begins_with(sk, :history)",
    ExpressionAttributeValues: {
      ":ad": { S: "ad" },
      ":history": { S: historyPrefix },
      ...(isDrawn && { ":id": { S: logged } }),
    },
    ProjectionExpression: "pk, sk, ad, event",
  };
  const found = new Map<string, ItemKey>();
  await askAws("look for a listing", async () => {
    let rows = 0;
    for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client }, scan)) {
      rows += ScannedCount;
      hooks.progress(rows);
      const listings = await Promise.all(Items.map((row) => orUnreadable(listingsOf(row), hooks)));
      for (const row of Items.filter((_, place) => listings[place]?.some((id) => loggedId(id) === logged))) {
        const key = parseAdKey(row.pk?.S ?? "");
        if ("itemId" in key) {
          found.set(formatAdKey(key), key);
        }
      }
    }
  });
  return [...found.values()];
}

/** Which listings a row is about: an ad's present ones, or that of an ad event, which may be long past. */
async function listingsOf(row: Row): Promise<string[]> {
  if (row.event?.S === undefined) {
    return fromAdItem(row).listings.map(({ id }) => id);
  }
  const { metadata } = JSON.parse(row.event.S) as AdEvent;
  return metadata.listingId === null ? [] : [metadata.listingId];
}

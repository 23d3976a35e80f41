import { paginateScan } from "@aws-sdk/client-dynamodb";
import { fromAdItem } from "#shared/aws/ad-item.ts";
import { askAws } from "#shared/aws/ask-aws.ts";
import { loggedId } from "#shared/lambda/logged-id.ts";
import { formatAdName, type ItemKey, parseAdName } from "./ad-name.ts";
import type { Stage } from "./open-stage.ts";

const loggedHash = /^sha256:[0-9a-f]{16}$/;

/**
 * The item that an operator means: `DEALER/ITEM`, or a listing id as log lines carry it. An id is looked for in the whole
 * table, as no index knows it. Rejects with one sentence when it names none, or several.
 */
export async function findKey(stage: Stage, text: string): Promise<ItemKey> {
  if (text.includes("/") || !(loggedHash.test(text) || loggedId(text) === text)) {
    return parseAdName(text);
  }
  const keys = await findListing(stage, text.startsWith("sha256:") ? text : text.toLowerCase());
  const [key] = keys;
  if (key === undefined) {
    throw new Error(`no ad with the listing ${text} is known to ${stage.name}`);
  }
  if (keys.length > 1) {
    throw new Error(`several ads have the listing ${text}, name one: ${keys.map(formatAdName).join(", ")}`);
  }
  return key;
}

function findListing({ tableAccess: { client, tableName } }: Stage, listingId: string): Promise<ItemKey[]> {
  const scan = {
    TableName: tableName,
    FilterExpression: "sk = :ad",
    ExpressionAttributeValues: { ":ad": { S: "ad" } },
    ProjectionExpression: "ad",
  };
  return askAws("look for a listing", async () => {
    const keys: ItemKey[] = [];
    for await (const { Items = [] } of paginateScan({ client }, scan)) {
      for (const { key, listings } of Items.map(fromAdItem)) {
        if ("itemId" in key && listings.some(({ id }) => loggedId(id).toLowerCase() === listingId)) {
          keys.push(key);
        }
      }
    }
    return keys;
  });
}

import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { formatAdName, type ItemKey } from "#local/bridge/stage/ad-name.ts";
import type { AdRows } from "#local/sandbox/read-ad-record.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import type { Context } from "#shared/ad/context.ts";
import { findWhyNotForgotten, forgetContents, forgetEventWords, forgetReceiptWords } from "#shared/ad/forget.ts";
import { askAws } from "#shared/aws/ask-aws.ts";
import type { Item } from "#shared/aws/condition.ts";
import { sendIf, type TableAccess } from "#shared/aws/conditional-put.ts";
import { historySort } from "#shared/aws/table-keys.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import { type ChangePorts, changeAd } from "#shared/steps/change-ad.ts";

/** One row of history or a receipt as it is to be stored: its key, attribute, and its JSON. */
export type ErasedRow = { key: Item; attribute: "event" | "receipt"; json: string };

/** Throws one sentence while something still needs the ad's contents. */
export function checkForgettable(ad: AdRows["ad"], key: ItemKey, context: Context): void {
  const found = findWhyNotForgotten(ad, context);
  const name = formatAdName(key);
  if (found?.why === "wanted") {
    throw new Error(`${name} is still wanted by its source: have it removed first, so that it leaves the marketplace`);
  }
  if (found !== null) {
    const until = new Date(found.until).toISOString();
    throw new Error(`${name} has something to come at ${until}, which needs its record: see why ${name}`);
  }
}

/** The rows of an ad's history and the rows of its receipts that hold words, without them; those that hold none are left out. */
export function eraseRows({ ad, events }: AdRows, receipts: readonly Item[]): ErasedRow[] {
  const rows = [
    ...events.map((event) => {
      const key = { pk: { S: formatAdKey(ad.key) }, sk: { S: historySort(event.metadata.sequence) } };
      return { key, attribute: "event" as const, before: event, after: forgetEventWords(event) };
    }),
    ...receipts.map((row) => {
      const receipt = JSON.parse(row.receipt?.S ?? "") as Receipt;
      const key = { pk: row.pk, sk: row.sk } as Item;
      return { key, attribute: "receipt" as const, before: receipt, after: forgetReceiptWords(receipt) };
    }),
  ];
  return rows.flatMap(({ key, attribute, before, after }) => {
    const json = JSON.stringify(after);
    return json === JSON.stringify(before) ? [] : [{ key, attribute, json }];
  });
}

/**
 * Erases the contents of an ad's record, if nothing needs them by then. Done again it changes nothing more. Rejects with
 * one sentence otherwise.
 */
export async function eraseRecord(ports: ChangePorts, key: ItemKey): Promise<void> {
  await changeAd(ports, key, async (ad, context) => {
    checkForgettable(ad, key, context);
    return { ad: forgetContents(ad), result: null };
  });
}

/** Stores an erased row over the one that is there; one that has expired meanwhile stays gone. */
export async function storeErased({ client, tableName }: TableAccess, row: ErasedRow): Promise<void> {
  const update = new UpdateItemCommand({
    TableName: tableName,
    Key: row.key,
    UpdateExpression: "SET #attribute = :json",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeNames: { "#attribute": row.attribute },
    ExpressionAttributeValues: { ":json": { S: row.json } },
  });
  await askAws("erase a row", () => sendIf(() => client.send(update)));
}

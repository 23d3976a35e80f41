import type { AdKey, EventRef } from "#shared/ad/ad.ts";
import { formatAdKey, parseAdKey } from "#shared/ad/ad-key.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import type { Item } from "./condition.ts";
import { receiptPartition, receiptSort } from "./table-keys.ts";

const keptSeconds = 90 * 24 * 60 * 60;

/** Where the receipt of an event about this ad lies: by the event first, since its source asks by nothing else. */
export function receiptKey(key: AdKey, event: EventRef): { pk: { S: string }; sk: { S: string } } {
  return { pk: { S: receiptPartition(event) }, sk: { S: receiptSort(key) } };
}

/** A receipt as it is stored; `adKey` only where the ad's key is too long to be the sort key. Of a charged event it never expires. */
export function receiptItem(key: AdKey, receipt: Receipt): Item {
  const keys = receiptKey(key, { source: receipt.source, id: receipt.eventId });
  const partition = formatAdKey(key);
  return {
    ...keys,
    ...(partition !== keys.sk.S && { adKey: { S: partition } }),
    receipt: { S: JSON.stringify(receipt) },
    ...(!receipt.ofCharge && { expiresAt: { N: String(Math.floor(receipt.at / 1000) + keptSeconds) } }),
  };
}

/** The reverse of `receiptItem`. */
export function fromReceiptItem({ sk, adKey, receipt }: Item): { key: AdKey; receipt: Receipt } {
  return { key: parseAdKey(adKey?.S ?? sk?.S ?? ""), receipt: JSON.parse(receipt?.S ?? "") as Receipt };
}

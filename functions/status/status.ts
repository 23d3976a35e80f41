import type { Ad, AdKey, EventRef } from "#shared/ad/ad.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { itemSchema } from "#shared/contracts/inventory-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import { admit, type DoorDependencies } from "#shared/door/admit.ts";
import type { NamedSource } from "#shared/door/authenticate.ts";
import type { HttpAnswer, HttpRequest } from "#shared/lambda/http-handler.ts";
import type { Note } from "#shared/lambda/logger.ts";
import { describeItem } from "./describe-item.ts";
import { describeReceipts } from "./describe-receipt.ts";
import { problems } from "./problems.ts";

/** A receipt and the record it is filed under. */
export type FiledReceipt = { key: AdKey; receipt: Receipt };

/** What status reads; it writes nothing. All throw `RetryableError` when the table fails. */
export interface StatusTable {
  /** Strongly consistent; null when nothing is known of the item. */
  load(key: AdKey): Promise<Ad | null>;
  /** The ad events told last, or last before the one of this `sequence`, newest first. Strongly consistent. */
  readNewestHistory(key: AdKey, limit: number, before?: number): Promise<AdEvent[]>;
  /** One for each record that the event was about, 100 at most. Strongly consistent. */
  findReceipts(event: EventRef): Promise<FiledReceipt[]>;
}

export type StatusDependencies = DoorDependencies & { table: StatusTable };

/** So many ad events are read at once, and in all: a source can make any number of them with events that are not valid. */
const eventsPerRead = 50;
const eventsAtMost = 1_000;

/**
 * Tells a source what became of one of its events, or how one of its dealers' items stands.
 *
 * A GET has no body to sign, so the signature covers its first line instead, the path decoded: what was signed for one item
 * shows no other.
 */
export async function status(
  dependencies: StatusDependencies,
  { method, headers, pathParameters }: HttpRequest,
  note: Note,
): Promise<HttpAnswer> {
  const { source: name = "", id, dealerCode, itemId } = pathParameters;
  const path = id === undefined ? `items/${dealerCode}/${itemId}` : `inventory-events/${id}`;
  const content = Buffer.from(`${method} /sources/${name}/${path}`);
  const source = await admit(dependencies, { name, headers, content }, note);
  const body =
    id === undefined
      ? await readItem(dependencies.table, source, { dealerCode, itemId })
      : await readReceipt(dependencies.table, source, id);
  return { status: 200, headers: { "cache-control": "no-store" }, body };
}

async function readReceipt(table: StatusTable, source: NamedSource, id: string) {
  const filed = await table.findReceipts({ source: source.name, id });
  const own = filed.filter(({ key }) => "source" in key || source.dealers.includes(key.dealerCode));
  const [first, ...others] = own.sort((a, b) => a.receipt.at - b.receipt.at);
  if (first === undefined) {
    throw problems.noReceipt();
  }
  return describeReceipts(first, others);
}

async function readItem(table: StatusTable, source: NamedSource, named: { [name: string]: string | undefined }) {
  const item = itemSchema.safeParse(named);
  if (!item.success) {
    throw problems.unknownItem();
  }
  if (!source.dealers.includes(item.data.dealerCode)) {
    throw problems.dealerNotAllowed();
  }
  const ad = await table.load(item.data);
  if (ad === null) {
    throw problems.unknownItem();
  }
  const history = await readHistory(table, ad);
  return describeItem(item.data, { ad, history, source: source.name });
}

/** Newest first, back to before what was last asked, and to before the write that it ended with, if that is older. */
async function readHistory(table: StatusTable, { key, wish, settled }: Ad): Promise<AdEvent[]> {
  const since = wish === null ? Number.POSITIVE_INFINITY : Math.min(wish.acceptedAt, settled?.at ?? wish.acceptedAt);
  const history = await table.readNewestHistory(key, eventsPerRead);
  let oldest = history.length < eventsPerRead ? undefined : history.at(-1);
  while (oldest !== undefined && Date.parse(oldest.metadata.publishedAt) >= since && history.length < eventsAtMost) {
    const page = await table.readNewestHistory(key, eventsPerRead, oldest.metadata.sequence);
    history.push(...page);
    oldest = page.at(-1);
  }
  return history;
}

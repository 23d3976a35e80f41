import { setTimeout as wait } from "node:timers/promises";
import type { Receipt } from "#shared/contracts/receipt.ts";
import { readAd } from "#test/e2e/sandbox-views.ts";
import type { LoadEvent } from "./draw-events.ts";

export type Counted = { one: number; none: string[]; several: string[]; outcomes: Map<string, number> };

type Item = { dealerCode: string; itemId: string };

/** Reads the receipts of all items until every event has one, or until nothing has changed for `patienceMs`. */
export async function countReceipts(
  bridgeUrl: string,
  events: readonly LoadEvent[],
  { patienceMs, report }: { patienceMs: number; report: (counted: Counted) => void },
): Promise<Counted> {
  const items = [...new Map(events.map(({ dealerCode, itemId }) => [itemId, { dealerCode, itemId }])).values()];
  let changedAt = Date.now();
  let before = -1;
  for (;;) {
    const counted = count(events, await readReceipts(bridgeUrl, items));
    report(counted);
    changedAt = counted.one === before ? changedAt : Date.now();
    before = counted.one;
    if (counted.none.length === 0 || Date.now() - changedAt > patienceMs) {
      return counted;
    }
    await wait(3_000);
  }
}

async function readReceipts(bridgeUrl: string, items: readonly Item[]): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  for (const item of items) {
    receipts.push(...((await readAd(bridgeUrl, item))?.receipts ?? []));
  }
  return receipts;
}

function count(events: readonly LoadEvent[], receipts: readonly Receipt[]): Counted {
  const of = Map.groupBy(receipts, ({ eventId }) => eventId);
  const timesOf = ({ id }: LoadEvent) => of.get(id)?.length ?? 0;
  const outcomes = Map.groupBy(receipts, ({ outcome, reason }) => `${outcome} (${reason})`);
  return {
    one: events.filter((event) => timesOf(event) === 1).length,
    none: events.filter((event) => timesOf(event) === 0).map(({ id }) => id),
    several: events.filter((event) => timesOf(event) > 1).map(({ id }) => id),
    outcomes: new Map([...outcomes].map(([name, { length }]) => [name, length])),
  };
}

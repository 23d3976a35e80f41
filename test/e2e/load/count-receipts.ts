import { setTimeout as wait } from "node:timers/promises";
import { readAd } from "#test/e2e/sandbox-views.ts";
import type { LoadEvent } from "./draw-events.ts";

/** `one`, `none` and `several` count events by their receipts, `outcomes` the receipts. */
export type Counted = { one: number; none: number; several: number; outcomes: Map<string, number> };

type Watch = { patienceMs: number; everyMs: number; report: (counted: Counted) => void };

/**
 * Reads the receipts item by item, and those of items that lack one again, until none does or nothing has changed for
 * `patienceMs`. At the end every item is read once more: a second receipt may have come after the first.
 */
export async function countReceipts(bridgeUrl: string, events: readonly LoadEvent[], watch: Watch): Promise<Counted> {
  const items = Map.groupBy(events, ({ dealerCode, itemId }) => `${dealerCode} ${itemId}`);
  const counts = new Map<string, Counted>();
  const read = async (name: string) => counts.set(name, await countOf(bridgeUrl, items.get(name) ?? []));
  let lacking = [...items.keys()];
  let before = { one: -1, at: Date.now() };
  while (lacking.length > 0 && Date.now() - before.at < watch.patienceMs) {
    await wait(watch.everyMs);
    for (const name of lacking) {
      await read(name);
    }
    lacking = lacking.filter((name) => counts.get(name)?.none !== 0);
    const counted = sum(counts.values());
    watch.report(counted);
    before = counted.one === before.one ? before : { one: counted.one, at: Date.now() };
  }
  for (const name of items.keys()) {
    await read(name);
  }
  return sum(counts.values());
}

/** Of events that are about one item. */
async function countOf(bridgeUrl: string, events: readonly LoadEvent[]): Promise<Counted> {
  const [item] = events;
  const { receipts = [] } = (item && (await readAd(bridgeUrl, item))) ?? {};
  const of = Map.groupBy(receipts, ({ eventId }) => eventId);
  const times = events.map(({ id }) => of.get(id)?.length ?? 0);
  const outcomes = Map.groupBy(receipts, ({ outcome, reason }) => `${outcome} (${reason})`);
  return {
    one: times.filter((count) => count === 1).length,
    none: times.filter((count) => count === 0).length,
    several: times.filter((count) => count > 1).length,
    outcomes: new Map([...outcomes].map(([name, { length }]) => [name, length])),
  };
}

function sum(counts: Iterable<Counted>): Counted {
  const all: Counted = { one: 0, none: 0, several: 0, outcomes: new Map() };
  for (const { one, none, several, outcomes } of counts) {
    all.one += one;
    all.none += none;
    all.several += several;
    for (const [name, times] of outcomes) {
      all.outcomes.set(name, (all.outcomes.get(name) ?? 0) + times);
    }
  }
  return all;
}

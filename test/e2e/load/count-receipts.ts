import { setTimeout as wait } from "node:timers/promises";
import { readAd } from "#test/e2e/sandbox-views.ts";
import type { LoadEvent } from "./draw-events.ts";

/** `one`, `none` and `several` count events by their receipts, `outcomes` the receipts. */
export type Counted = { one: number; none: number; several: number; outcomes: Map<string, number> };

type Watch = { patienceMs: number; everyMs: number; report: (complete: number, items: number) => void };

/**
 * Waits for one item after the other until all its events have a receipt, then counts those of all. Waits for no item
 * longer than `patienceMs` without a new receipt of it. To look at all items all the time would cost more than the load.
 */
export async function countReceipts(bridgeUrl: string, events: readonly LoadEvent[], watch: Watch): Promise<Counted> {
  const items = [...Map.groupBy(events, ({ dealerCode, itemId }) => `${dealerCode} ${itemId}`).values()];
  for (const [place, item] of items.entries()) {
    await waitForReceipts(bridgeUrl, item, watch);
    watch.report(place + 1, items.length);
  }
  const counts: Counted[] = [];
  for (const item of items) {
    counts.push(await countOf(bridgeUrl, item));
  }
  return sum(counts);
}

async function waitForReceipts(bridgeUrl: string, item: readonly LoadEvent[], { patienceMs, everyMs }: Watch) {
  let last = { none: item.length, at: Date.now() };
  while (last.none > 0 && Date.now() - last.at < patienceMs) {
    const { none } = await countOf(bridgeUrl, item);
    last = none === last.none ? last : { none, at: Date.now() };
    if (none > 0) {
      await wait(everyMs);
    }
  }
}

/** Of events that are about one item. */
async function countOf(bridgeUrl: string, events: readonly LoadEvent[]): Promise<Counted> {
  const [item] = events;
  const { receipts = [] } = (item && (await readPatiently(bridgeUrl, item))) ?? {};
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

const mostTries = 5;

/** A sandbox at its limits may lose a connection. To look again changes nothing; the last failure is thrown. */
async function readPatiently(bridgeUrl: string, item: LoadEvent, tries = 1): ReturnType<typeof readAd> {
  try {
    return await readAd(bridgeUrl, item);
  } catch (error) {
    if (tries === mostTries) {
      throw error;
    }
    await wait(1_000);
    return readPatiently(bridgeUrl, item, tries + 1);
  }
}

function sum(counts: readonly Counted[]): Counted {
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

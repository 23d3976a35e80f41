import type { Ad, AdKey, OutboxRow } from "#shared/ad/ad.ts";
import { clearTold } from "#shared/ad/outbox.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { type ChangePorts, changeAd } from "./change-ad.ts";
import type { EventBus } from "./ports.ts";

export type OutboxPorts = ChangePorts & { bus: EventBus; logTold: (line: ToldLog) => void };

/** What was told of one ad at once, and how many of its events the bus did not take. */
export type ToldLog = { told: readonly OutboxRow[]; untaken: number };

/**
 * Tells what waits in an ad's outbox, in order: history and receipts are written, the bus takes the events, then the rows are
 * cleared; and again, while others add to it meanwhile. Whatever fails or crashes between leaves the rows for `poll`, under
 * the same event ids. What the bus did not take stays too.
 */
export async function emptyOutbox(ports: OutboxPorts, ad: Ad): Promise<void> {
  let stored = ad;
  let { outbox } = ad;
  while (outbox.length > 0) {
    for (const row of outbox) {
      await keep(ports, ad.key, row);
    }
    const told = outbox.slice(0, await countTaken(ports, outbox));
    const cleared = await changeAd(ports, stored, async (current) => ({ ad: clearTold(current, told), result: null }));
    stored = cleared.ad;
    ports.logTold({ told, untaken: countEvents(outbox) - countEvents(told) });
    outbox = told.length === outbox.length ? cleared.ad.outbox : [];
  }
}

/** How many rows have been told when the bus has been given their events: all up to the first it did not take. */
async function countTaken(ports: OutboxPorts, outbox: readonly OutboxRow[]): Promise<number> {
  const [firstLeft] = countEvents(outbox) === 0 ? [] : await publish(ports, eventsOf(outbox));
  return firstLeft === undefined
    ? outbox.length
    : outbox.findIndex((row) => row.kind === "ad-event" && row.event.metadata.id === firstLeft.metadata.id);
}

async function publish({ bus, logTold }: OutboxPorts, events: readonly AdEvent[]): Promise<AdEvent[]> {
  try {
    return await bus.publish(events);
  } catch (error) {
    logTold({ told: [], untaken: events.length });
    throw error;
  }
}

function eventsOf(rows: readonly OutboxRow[]): AdEvent[] {
  return rows.flatMap((row) => (row.kind === "ad-event" ? [row.event] : []));
}

const countEvents = (rows: readonly OutboxRow[]) => eventsOf(rows).length;

async function keep({ table }: OutboxPorts, key: AdKey, row: OutboxRow): Promise<void> {
  switch (row.kind) {
    case "ad-event":
      return table.writeHistory(key, row.event);
    case "receipt":
      return table.writeReceipt(key, row.receipt);
    default:
      throw new Error(`unknown outbox row ${JSON.stringify(row satisfies never)}`);
  }
}

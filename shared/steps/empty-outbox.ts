import type { Ad, AdKey, OutboxRow } from "#shared/ad/ad.ts";
import { clearTold } from "#shared/ad/outbox.ts";
import { type ChangePorts, changeAd } from "./change-ad.ts";
import type { EventBus } from "./ports.ts";

export type OutboxPorts = ChangePorts & { bus: EventBus };

/**
 * Tells what waits in an ad's outbox, in order: history and receipts are written, the bus takes the events, then the rows are
 * cleared; and again, while others add to it meanwhile. Whatever fails or crashes between leaves the rows for `poll`, under
 * the same event ids. What the bus did not take stays too.
 */
export async function emptyOutbox(ports: OutboxPorts, ad: Ad): Promise<void> {
  let { outbox } = ad;
  while (outbox.length > 0) {
    for (const row of outbox) {
      await keep(ports, ad.key, row);
    }
    const told = outbox.slice(0, await countTaken(ports, outbox));
    const cleared = await changeAd(ports, ad.key, async (current) => ({ ad: clearTold(current, told), result: null }));
    outbox = told.length === outbox.length ? cleared.ad.outbox : [];
  }
}

/** How many rows have been told when the bus has been given their events: all up to the first it did not take. */
async function countTaken({ bus }: OutboxPorts, outbox: readonly OutboxRow[]): Promise<number> {
  const events = outbox.flatMap((row) => (row.kind === "ad-event" ? [row.event] : []));
  const [firstLeft] = events.length === 0 ? [] : await bus.publish(events);
  return firstLeft === undefined
    ? outbox.length
    : outbox.findIndex((row) => row.kind === "ad-event" && row.event.metadata.id === firstLeft.metadata.id);
}

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

import type { Ad, AdKey, OutboxRow } from "#shared/ad/ad.ts";
import { clearTold } from "#shared/ad/outbox.ts";
import { type ChangePorts, changeAd } from "./change-ad.ts";
import type { EventBus } from "./ports.ts";

export type OutboxPorts = ChangePorts & { bus: EventBus };

/**
 * Tells what waits in an ad's outbox, in order: history and receipts are written, the bus takes the events, then the rows are
 * cleared. Whatever fails or crashes between leaves the rows for the next one to come by, under the same event ids. What
 * the bus did not take stays too.
 */
export async function emptyOutbox(ports: OutboxPorts, ad: Ad): Promise<void> {
  if (ad.outbox.length === 0) {
    return;
  }
  for (const row of ad.outbox) {
    await keep(ports, ad.key, row);
  }
  const events = ad.outbox.flatMap((row) => (row.kind === "ad-event" ? [row.event] : []));
  const [firstLeft] = events.length === 0 ? [] : await ports.bus.publish(events);
  const told = ad.outbox.slice(
    0,
    firstLeft === undefined ? undefined : placeOf(ad.outbox, firstLeft.metadata.sequence),
  );
  await changeAd(ports, ad.key, async (current) => ({ ad: clearTold(current, told), result: undefined }));
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

function placeOf(outbox: readonly OutboxRow[], sequence: number): number {
  return outbox.findIndex((row) => row.kind === "ad-event" && row.event.metadata.sequence === sequence);
}

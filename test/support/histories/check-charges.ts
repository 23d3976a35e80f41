import type { Receipt } from "#shared/contracts/receipt.ts";
import type { HistoryWorld } from "./history-world.ts";
import { nameOfKey } from "./invoke.ts";

/**
 * Checks, once it is quiet, the charged calls that the marketplace took: at most one for each charged inventory event, for
 * the ad it named, and just what its receipt says.
 */
export function checkCharges({ truth, marketplace, table, queued, violations }: HistoryWorld): void {
  const taken = truth.all().filter(({ made }) => made.call === "bump" || made.call === "pole_position");
  const { bump, pole_position } = marketplace.charges();
  if (bump + pole_position !== taken.length) {
    violations.report("charged at most once", `${bump + pole_position} charges, of which ${taken.length} are known`);
  }
  const receipts = new Map(
    table.ads().flatMap((ad) => table.receipts(ad.key).map((one) => [`${nameOfKey(ad.key)} ${one.eventId}`, one])),
  );
  for (const name of chargedEvents(queued)) {
    const times = taken.filter(({ made }) => `${made.item} ${made.eventId}` === name).length;
    const receipt = receipts.get(name);
    if (times > 1 || (receipt !== undefined && !mayHave(receipt, times))) {
      violations.report("charged at most once", `${name} was charged ${times} times: ${JSON.stringify(receipt)}`);
    }
  }
}

/** Whether so many charges go with a receipt: only one that failed may leave open whether there was one. */
function mayHave({ outcome }: Receipt, times: number): boolean {
  return outcome === "failed" || times === (outcome === "applied" ? 1 : 0);
}

/** Every accepted request for a charged call, as item and event id. */
export function chargedEvents(queued: HistoryWorld["queued"]): Set<string> {
  return new Set(
    queued.flatMap((message) => {
      const isCharged = message.kind === "inventory-event" && !isWish(message.event.type);
      return isCharged ? [`${nameOfKey(message.event.data)} ${message.event.id}`] : [];
    }),
  );
}

function isWish(type: string): boolean {
  return type === "inventory.item.upserted" || type === "inventory.item.removed";
}

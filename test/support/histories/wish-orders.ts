import type { WishOrder } from "#shared/ad/ad.ts";
import { compareOrder } from "#shared/ad/order.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";

export type OrderRange = { least: WishOrder; most: WishOrder };

/**
 * For each wish accepted for an item, by event id, between which orders it lies: an event that was received more than once
 * has an order for each time, and which of them counts is chance.
 */
export function orderRange(queued: readonly QueueMessage[], name: string): Map<string, OrderRange> {
  const ranges = new Map<string, OrderRange>();
  for (const message of queued) {
    if (message.kind !== "inventory-event") {
      continue;
    }
    const { event } = message;
    const isWish = event.type === "inventory.item.upserted" || event.type === "inventory.item.removed";
    if (isWish && `${event.data.dealerCode}/${event.data.itemId}` === name) {
      const { receivedAt, place } = event;
      const time = event.time === undefined ? receivedAt : Math.min(Date.parse(event.time), receivedAt);
      const order = { sequence: event.sequence ?? null, time, receivedAt, place };
      const { least = order, most = order } = ranges.get(event.id) ?? {};
      ranges.set(event.id, {
        least: compareOrder(order, least) < 0 ? order : least,
        most: compareOrder(order, most) > 0 ? order : most,
      });
    }
  }
  return ranges;
}

import { once } from "node:events";
import type { AwsStub } from "#local/emulators/start-aws-stub.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";

export type Bus = Pick<AwsStub, "deliveries" | "subscribe">;
type Delivery = ReturnType<AwsStub["deliveries"]>[number];

/** The ad event that a delivery carries. */
export function toAdEvent(delivery: Delivery): AdEvent {
  return { type: delivery["detail-type"], ...delivery.detail } as AdEvent;
}

/** The ad events of one item that the bus has taken, each once, oldest first. */
export function adEventsOf(bus: Bus, { dealerCode, itemId }: { dealerCode: string; itemId: string }): AdEvent[] {
  const events = bus.deliveries().map(toAdEvent);
  const ours = events.filter(({ metadata }) => metadata.dealerCode === dealerCode && metadata.itemId === itemId);
  return [...new Map(ours.map((event) => [event.metadata.id, event])).values()];
}

/** Waits until the bus has taken an ad event that fits; null when `giveUp` comes first. */
export async function waitForAdEvent(
  bus: Bus,
  fits: (event: AdEvent) => boolean,
  giveUp: AbortSignal,
): Promise<AdEvent | null> {
  const found = bus.deliveries().map(toAdEvent).find(fits);
  if (found !== undefined || giveUp.aborted) {
    return found ?? null;
  }
  const { promise, resolve } = Promise.withResolvers<AdEvent | null>();
  const unsubscribe = bus.subscribe((delivery) => {
    const event = toAdEvent(delivery);
    if (fits(event)) {
      resolve(event);
    }
  });
  try {
    return await Promise.race([promise, once(giveUp, "abort").then(() => null)]);
  } finally {
    unsubscribe();
  }
}

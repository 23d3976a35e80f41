import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { EventBus } from "#shared/steps/ports.ts";

export type HistoryBusOptions = {
  isRefused: (event: AdEvent) => boolean;
  onHeard: (event: AdEvent) => void;
};

/** A bus in memory that takes some events and not others; what lies behind a refused one of the same ad counts as not taken. */
export function historyBus({ isRefused, onHeard }: HistoryBusOptions): EventBus {
  return {
    async publish(events) {
      const broken = new Set<string>();
      return events.filter((event) => {
        const ad = `${event.metadata.dealerCode} ${event.metadata.itemId}`;
        if (isRefused(event)) {
          broken.add(ad);
        } else {
          onHeard(event);
        }
        return broken.has(ad);
      });
    },
  };
}

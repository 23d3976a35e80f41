import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { EventBus } from "#shared/steps/ports.ts";

/** A bus in memory. `published()` is what its listeners got, in order, repeats included. */
export type FakeEventBus = EventBus & {
  published(): AdEvent[];
  /** From now on the bus does not take the events this holds for. */
  refuse(refused: (event: AdEvent) => boolean): void;
};

export function fakeEventBus(): FakeEventBus {
  const published: AdEvent[] = [];
  let refused: (event: AdEvent) => boolean = () => false;
  return {
    /** Like the real one it takes what lies behind a refused event, and yet calls that not taken when it is the same ad's. */
    async publish(events) {
      const broken = new Set<string>();
      return events.filter((event) => {
        const ad = JSON.stringify([event.metadata.dealerCode, event.metadata.itemId]);
        if (refused(event)) {
          broken.add(ad);
        } else {
          published.push(structuredClone(event));
        }
        return broken.has(ad);
      });
    },
    published: () => structuredClone(published),
    refuse: (next) => {
      refused = next;
    },
  };
}

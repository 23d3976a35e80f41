import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { EventBus } from "#shared/steps/ports.ts";
import { copied, type Keep } from "./keep.ts";

/** A bus in memory. `published()` is what its listeners got, in order, repeats included. */
export type FakeEventBus = EventBus & {
  published(): AdEvent[];
  /** From now on the bus does not take the events this holds for. */
  refuse(refused: (event: AdEvent) => boolean): void;
};

export type FakeEventBusOptions = {
  keep?: Keep;
  /** Told of each event that the listeners get. */
  onPublished?: (event: AdEvent) => void;
};

export function fakeEventBus({ keep = copied, onPublished = () => {} }: FakeEventBusOptions = {}): FakeEventBus {
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
          published.push(keep(event));
          onPublished(event);
        }
        return broken.has(ad);
      });
    },
    published: () => published.map(keep),
    refuse: (next) => {
      refused = next;
    },
  };
}

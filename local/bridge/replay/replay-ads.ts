import type { AdKey } from "#shared/ad/ad.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { EventBus } from "#shared/steps/ports.ts";
import { isWithin, type Window } from "./window.ts";

export type ReplayPorts = {
  bus: EventBus;
  /** All ad events of an ad, by sequence. */
  readHistory(key: AdKey): Promise<readonly AdEvent[]>;
};

/**
 * Publishes the ad events of these ads again: the same ids, each ad's in order, marked as a replay. Gives their number.
 * Nothing is stored, so that one cut short is just begun again. Rejects with one sentence at the first event that the bus
 * does not take.
 */
export async function replayAds(
  { bus, readHistory }: ReplayPorts,
  { keys, window }: { keys: readonly AdKey[]; window: Window },
  progress: (events: number) => void,
): Promise<number> {
  let replayed = 0;
  for (const key of keys) {
    const history = await readHistory(key);
    const events = history.filter(({ metadata }) => isWithin(window, metadata.publishedAt)).map(toReplay);
    const untaken = events.length === 0 ? [] : await bus.publish(events);
    replayed += events.length - untaken.length;
    if (untaken.length > 0) {
      throw new Error(
        `the bus stopped taking ad events after ${replayed}: the same command begins again, under the same ids`,
      );
    }
    progress(replayed);
  }
  return replayed;
}

function toReplay(event: AdEvent): AdEvent {
  return { ...event, metadata: { ...event.metadata, replay: true } } as AdEvent;
}

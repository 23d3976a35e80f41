import type { AdEvent, AdEventType } from "#shared/contracts/ad-event.ts";
import {
  type Fact,
  type HeardAd,
  type HeardAds,
  isCurrent,
  isHandled,
  missingBefore,
  remember,
  unheard,
} from "./heard-ad.ts";
import { type Delivery, type ReadDelivery, readDelivery } from "./read-delivery.ts";

/**
 * Facts of one ad that have not come, though a later one has. `isFirst`: nothing of this ad had been heard before, as of every ad
 * that is older than its listener. EventBridge keeps no order, so they may still come, seconds later.
 */
export type Gap = { dealerCode: string | null; itemId: string | null; missing: readonly number[]; isFirst: boolean };

/**
 * `isCurrent`: no newer fact of its kind has been handled, and it is not late, so what it says holds now.
 * AdPublished, AdUpdated, AdUnpublished and AdDeleted are one kind, each other detail-type is one.
 */
export type Hearing = { isCurrent: boolean };

/** What is done with an event of a detail-type. It has to bear the same event twice. */
export type Handle<T extends AdEventType> = (event: EventOf<T>, hearing: Hearing) => unknown;

export type EventOf<T extends AdEventType> = Extract<AdEvent, { type: T }>;

export type ListenerOptions = {
  heardAds: HeardAds;
  /** What is done with each detail-type; one that is not here is remembered and otherwise let pass. */
  on: { [T in AdEventType]?: (event: EventOf<T>, hearing: Hearing) => unknown };
  /** Told before the event is handled behind which facts are missing; again if that fails. Of use only where all types are heard. */
  onGap?: (gap: Gap) => unknown;
  /** Whether a replay brings only what was missed, or all that is replayed once more. */
  replays?: "missed" | "all";
  /** For so long nobody else handles an event of the same ad: longer than `on` ever takes. A minute unless told. */
  holdMs?: number;
  now?: () => number;
};

/** Another event of the same ad is being handled, or this one is by another process: to be delivered again. */
export class AdIsHeldError extends Error {
  override readonly name = "AdIsHeldError";
}

export type Outcome = "handled" | "repeat";

/** So many saves of others may come before ours before it is given up for this delivery. */
const mostTries = 10;

/**
 * Handles each ad event once, one at a time for each ad.
 *
 * An event is held, handled, then remembered as handled. A process that dies between the last two leaves it held: it is
 * delivered again and, `holdMs` later, handled again. So `on` has to bear the same event twice; that is at least once, and
 * exactly once while nothing fails. Rejects with what `on` or `onGap` threw, and the event may then come again at once.
 */
export function adEventListener(options: ListenerOptions): (delivery: Delivery) => Promise<Outcome> {
  return async (delivery) => {
    const read = readDelivery(delivery);
    const before = await hold(options, read);
    if (before === null) {
      return "repeat";
    }
    try {
      await handle(options, read, before);
    } catch (error) {
      await letGo(options, read, error);
      throw error;
    }
    await change(options, read.ad, (heard) => remember(heard, read.fact));
    return "handled";
  };
}

/** The ad as it was before, once the event is held; null when the event has been handled. */
async function hold(options: ListenerOptions, { event, ad, fact }: ReadDelivery): Promise<HeardAd | null> {
  const { replays = "missed", holdMs = 60_000, now = Date.now } = options;
  const isWanted = event.metadata.replay && replays === "all";
  const { found, isChanged } = await change(options, ad, (heard) => {
    if (isHandled(heard, fact) && !isWanted) {
      return heard;
    }
    if (heard.held !== null && heard.held.until > now()) {
      throw new AdIsHeldError(`an event of this ad is being handled: ${heard.held.id}`);
    }
    return { ...heard, held: { id: fact.id, until: now() + holdMs } };
  });
  return isChanged ? found : null;
}

async function handle({ on, onGap }: ListenerOptions, { event, fact }: ReadDelivery, before: HeardAd): Promise<void> {
  const missing = missingBefore(before, fact);
  const { dealerCode, itemId } = event.metadata;
  if (missing.length > 0) {
    await onGap?.({ dealerCode, itemId, missing, isFirst: before.newest === 0 });
  }
  const handleIt = Object.hasOwn(on, event.type) ? (on[event.type] as Handle<AdEventType>) : undefined;
  await handleIt?.(event, { isCurrent: isCurrent(before, fact) });
}

/** So that the next delivery need not wait; if that fails too, it waits until the hold is over. */
async function letGo(options: ListenerOptions, { ad, fact }: ReadDelivery, because: unknown): Promise<void> {
  try {
    await change(options, ad, (heard) => release(heard, fact));
  } catch (error) {
    throw new AggregateError([because, error], "an ad event was not handled, and is held for a while");
  }
}

function release(heard: HeardAd, { id }: Fact): HeardAd {
  return heard.held?.id === id ? { ...heard, held: null } : heard;
}

/** Changes what is remembered of an ad, over whatever others save meanwhile. */
async function change({ heardAds }: ListenerOptions, ad: string, next: (heard: HeardAd) => HeardAd) {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const found = (await heardAds.load(ad)) ?? unheard;
    const changed = next(found);
    if (changed === found || (await heardAds.save(ad, changed)) === "saved") {
      return { found, isChanged: changed !== found };
    }
  }
  throw new AdIsHeldError("others keep changing what is remembered of this ad");
}

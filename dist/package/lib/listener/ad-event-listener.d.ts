import type { AdEvent, AdEventType } from "../shared/contracts/ad-event.js";
import { type HeardAds } from "./heard-ad.js";
import { type Delivery } from "./read-delivery.js";
/**
 * Facts of one ad that have not come, though a later one has. `isFirst`: nothing of this ad had been heard before, as of every ad
 * that is older than its listener. EventBridge keeps no order, so they may still come, seconds later.
 */
export type Gap = {
    dealerCode: string | null;
    itemId: string | null;
    missing: readonly number[];
    isFirst: boolean;
};
/**
 * `isCurrent`: no newer fact of its kind has been handled, and it is not late, so what it says holds now.
 * AdPublished, AdUpdated, AdUnpublished and AdDeleted are one kind, each other detail-type is one.
 */
export type Hearing = {
    isCurrent: boolean;
};
/** What is done with an event of a detail-type. It has to bear the same event twice. */
export type Handle<T extends AdEventType> = (event: Extract<AdEvent, {
    type: T;
}>, hearing: Hearing) => unknown;
export type ListenerOptions = {
    heardAds: HeardAds;
    /** What is done with each detail-type; one that is not here is remembered and otherwise let pass. */
    on: {
        [T in AdEventType]?: Handle<T>;
    };
    /** Told before the event is handled behind which facts are missing; again if that fails. Of use only where all types are heard. */
    onGap?: (gap: Gap) => unknown;
    /** Whether a replay brings only what was missed, or all that is replayed once more. */
    replays?: "missed" | "all";
    /** For so long nobody else handles an event of the same ad: longer than `on` ever takes. A minute unless told. */
    holdMs?: number;
    now?: () => number;
};
/** Another event of the same ad is being handled, or this one is by another process: to be delivered again. */
export declare class AdIsHeldError extends Error {
    readonly name = "AdIsHeldError";
}
export type Outcome = "handled" | "repeat";
/**
 * Handles each ad event once, one at a time for each ad.
 *
 * An event is held, handled, then remembered as handled. A process that dies between the last two leaves it held: it is
 * delivered again and, `holdMs` later, handled again. So `on` has to bear the same event twice; that is at least once, and
 * exactly once while nothing fails. Rejects with what `on` or `onGap` threw, and the event may then come again at once.
 */
export declare function adEventListener(options: ListenerOptions): (delivery: Delivery) => Promise<Outcome>;

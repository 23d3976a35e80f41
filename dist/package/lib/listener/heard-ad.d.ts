/**
 * What a listener remembers of one ad: which facts it has handled, and which one it is at.
 *
 * `newest` is the highest sequence handled, 0 before the first. `current` has the same for each kind of fact (see `kindOf`),
 * late ones left out. `handled` are the latest facts, oldest first, as sequence and event id. `held` is the fact being handled
 * now, and until when (epoch ms) nobody else may begin with one of this ad. `revision` counts the saves.
 */
export type HeardAd = {
    newest: number;
    current: Readonly<Record<string, number>>;
    handled: readonly (readonly [sequence: number, id: string])[];
    held: {
        id: string;
        until: number;
    } | null;
    revision: number;
};
/** Where a listener remembers. An ad is named by a text that `nameOfAd` makes. */
export type HeardAds = {
    load(ad: string): Promise<HeardAd | null>;
    /** Stores over the revision that was loaded (0: over none) and over no other: "conflict" where another save came first. */
    save(ad: string, heard: HeardAd): Promise<"saved" | "conflict">;
};
/** An ad event, as far as telling repeats, order and gaps needs it. */
export type Fact = {
    id: string;
    type: string;
    sequence: number;
    isLate: boolean;
};
/** So many facts of one ad are known by their id; a repeat of an older one is handled again. */
export declare const mostHandled = 300;
export declare const unheard: HeardAd;
/** What a listing is, is one kind of fact, of which only the newest holds; every other detail-type is a kind by itself. */
export declare function kindOf(type: string): string;
export declare function isHandled({ handled }: HeardAd, { id }: Fact): boolean;
/** Whether no newer fact of its kind has been handled: what it says holds now. Never true of a late fact. */
export declare function isCurrent(heard: HeardAd, fact: Fact): boolean;
/** The sequences between the newest fact handled and this one: of facts that have not come, or not yet. */
export declare function missingBefore(heard: HeardAd, fact: Fact): number[];
/** The ad once the fact is handled. It holds it no longer; what another has begun meanwhile stays held. */
export declare function remember(heard: HeardAd, fact: Fact): HeardAd;

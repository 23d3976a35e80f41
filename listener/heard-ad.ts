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
  held: { id: string; until: number } | null;
  revision: number;
};

/** Where a listener remembers. An ad is named by a text that `nameOfAd` makes. */
export type HeardAds = {
  load(ad: string): Promise<HeardAd | null>;
  /** Stores over the revision that was loaded (0: over none) and over no other: "conflict" where another save came first. */
  save(ad: string, heard: HeardAd): Promise<"saved" | "conflict">;
};

/** An ad event, as far as telling repeats, order and gaps needs it. */
export type Fact = { id: string; type: string; sequence: number; isLate: boolean };

/** So many facts of one ad are known by their id; a repeat of an older one is handled again. */
export const mostHandled = 300;

export const unheard: HeardAd = { newest: 0, current: {}, handled: [], held: null, revision: 0 };

/** What a listing is, is one kind of fact, of which only the newest holds; every other detail-type is a kind by itself. */
export function kindOf(type: string): string {
  return ["AdPublished", "AdUpdated", "AdUnpublished", "AdDeleted"].includes(type) ? "listing" : type;
}

export function isHandled({ handled }: HeardAd, { id }: Fact): boolean {
  return handled.some(([, known]) => known === id);
}

/** Whether no newer fact of its kind has been handled: what it says holds now. Never true of a late fact. */
export function isCurrent(heard: HeardAd, fact: Fact): boolean {
  return !fact.isLate && fact.sequence >= (beforeReturn(heard, fact).current[kindOf(fact.type)] ?? 0);
}

/** The sequences between the newest fact handled and this one: of facts that have not come, or not yet. */
export function missingBefore(heard: HeardAd, fact: Fact): number[] {
  const { newest } = beforeReturn(heard, fact);
  return Array.from({ length: Math.max(0, fact.sequence - newest - 1) }, (_, place) => newest + 1 + place);
}

/** The ad once the fact is handled. It holds it no longer; what another has begun meanwhile stays held. */
export function remember(heard: HeardAd, fact: Fact): HeardAd {
  const { newest, current, handled, held, revision } = beforeReturn(heard, fact);
  const kind = kindOf(fact.type);
  const others = handled.filter(([, id]) => id !== fact.id);
  return {
    newest: Math.max(newest, fact.sequence),
    current: fact.isLate ? current : { ...current, [kind]: Math.max(current[kind] ?? 0, fact.sequence) },
    handled: [...others, [fact.sequence, fact.id] as const].slice(-mostHandled),
    held: held?.id === fact.id ? null : held,
    revision,
  };
}

/**
 * Another fact under a sequence that was handled: the bridge counts from an earlier point, as after its table was restored. What
 * was handled from there on no longer says what is newest; it stays known by its ids.
 */
function beforeReturn(heard: HeardAd, { id, sequence }: Fact): HeardAd {
  if (!heard.handled.some(([known, knownId]) => known === sequence && knownId !== id)) {
    return heard;
  }
  const newest = sequence - 1;
  const current = Object.entries(heard.current).map(([kind, at]) => [kind, Math.min(at, newest)]);
  const handled = heard.handled.map(([known, knownId]) => [known < sequence ? known : 0, knownId] as const);
  return { ...heard, newest, current: Object.fromEntries(current), handled };
}

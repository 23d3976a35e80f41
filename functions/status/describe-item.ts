import { type Ad, currentListing, hasToken, type Wish } from "#shared/ad/ad.ts";
import type { AdEvent, MarketplaceError } from "#shared/contracts/ad-event.ts";
import type { ItemState, ItemView } from "#shared/contracts/status-answers.ts";
import { isLate, stateOf } from "./item-state.ts";
import { itemWords } from "./item-words.ts";

type Item = { dealerCode: string; itemId: string };

/** `history`: the ad events told since what was last asked, newest first. `source` asks: several may speak for one dealer. */
type Seen = { ad: Ad; history: readonly AdEvent[]; source: string };

/** How the item stands, whoever brought that about; of events only those of the source that asks. */
export function describeItem({ dealerCode, itemId }: Item, { ad, history, source }: Seen): ItemView {
  const { wish, settled } = ad;
  const told = [...eventsInOutbox(ad), ...history];
  const isAskedByAnother = wish !== null && wish.event.source !== source;
  const listing = currentListing(ad);
  const state = stateOf(ad, told);
  const errors = wish === null ? [] : errorsOf(told, wish, state);
  return {
    dealerCode,
    itemId,
    state,
    words: hasToken(ad) || wish === null ? wordsOf(state, errors) : itemWords["no-token"],
    blocketAdId: listing?.blocketAdId ?? null,
    listingId: listing?.id ?? null,
    asked: isAskedByAnother ? null : askedOf(wish),
    ...(isAskedByAnother && { askedByAnother: true }),
    lastOutcome: settled && { outcome: settled.outcome, at: timeOf(settled.at), warnings: settled.warnings },
    errors,
    lastRejected: lastRejected(told, source, wish?.acceptedAt ?? 0),
    heldUntil: ad.heldUntil === null ? null : timeOf(ad.heldUntil),
  };
}

/** Newest first, like the history. */
function eventsInOutbox({ outbox }: Ad): AdEvent[] {
  return outbox.flatMap((row) => (row.kind === "ad-event" ? [row.event] : [])).reverse();
}

function wordsOf(state: ItemState, errors: readonly MarketplaceError[]): string {
  return itemWords[state === "failed" && errors.length === 0 ? "failed-unexplained" : state];
}

const outcomes: readonly AdEvent["type"][] = ["AdErrored", "AdPublished", "AdUpdated", "AdDeleted"];

/**
 * What was told last of the wish, if that was an error; of one that failed the last error told. An event tells the id of the
 * inventory event that led to it and not its source: what was told before the wish came was of another's event of that id.
 */
function errorsOf(told: readonly AdEvent[], { event, acceptedAt }: Wish, state: ItemState): MarketplaceError[] {
  const ofWish = told.filter(
    ({ type, metadata }) =>
      outcomes.includes(type) && metadata.correlationId === event.id && Date.parse(metadata.publishedAt) >= acceptedAt,
  );
  const newest = ofWish.find((one) => (state === "failed" ? one.type === "AdErrored" : !isLate(one)));
  return newest?.type === "AdErrored" ? newest.data.errors : [];
}

function askedOf(wish: Ad["wish"]): ItemView["asked"] {
  return (
    wish && {
      source: wish.event.source,
      eventId: wish.event.id,
      want: wish.want.kind === "document" ? "ad" : "no-ad",
      at: timeOf(wish.acceptedAt),
    }
  );
}

function lastRejected(told: readonly AdEvent[], source: string, since: number): ItemView["lastRejected"] {
  const newest = told.find((event) => event.type === "InventoryEventRejected" && event.data.source === source);
  if (newest?.type !== "InventoryEventRejected" || Date.parse(newest.metadata.publishedAt) < since) {
    return null;
  }
  const { eventId, errors } = newest.data;
  return { eventId, at: newest.metadata.publishedAt, errors };
}

function timeOf(instant: number): string {
  return new Date(instant).toISOString();
}

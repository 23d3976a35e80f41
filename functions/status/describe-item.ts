import { type Ad, currentListing, hasToken, type Want } from "#shared/ad/ad.ts";
import type { AdEvent, MarketplaceError } from "#shared/contracts/ad-event.ts";
import type { ItemState, ItemView } from "#shared/contracts/status-answers.ts";
import { itemWords } from "./item-words.ts";

type Item = { dealerCode: string; itemId: string };

/** `history`: the ad events told last, newest first. `source` asks: several may speak for one dealer. */
type Seen = { ad: Ad; history: readonly AdEvent[]; source: string };

/** How the item stands, whoever brought that about; of events only those of the source that asks. */
export function describeItem({ dealerCode, itemId }: Item, { ad, history, source }: Seen): ItemView {
  const { wish, settled } = ad;
  const told = [...eventsInOutbox(ad), ...history];
  const isAskedByAnother = wish !== null && wish.event.source !== source;
  const listing = currentListing(ad);
  const state = stateOf(ad);
  return {
    dealerCode,
    itemId,
    state,
    words: hasToken(ad) || wish === null ? itemWords[state] : itemWords["no-token"],
    blocketAdId: listing?.blocketAdId ?? null,
    listingId: listing?.id ?? null,
    asked: isAskedByAnother ? null : askedOf(wish),
    ...(isAskedByAnother && { askedByAnother: true }),
    lastOutcome: settled && { outcome: settled.outcome, at: timeOf(settled.at), warnings: settled.warnings },
    errors: wish === null ? [] : errorsOf(told, wish.event.id),
    lastRejected: lastRejected(told, source, wish?.acceptedAt ?? 0),
    heldUntil: ad.heldUntil === null ? null : timeOf(ad.heldUntil),
  };
}

function stateOf({ wish, settled }: Ad): ItemState {
  if (wish === null) {
    return "nothing-asked";
  }
  if (wish.state !== "ended") {
    return "in-progress";
  }
  // A wish may end without a submission of its own: nothing to remove, or a correction that was refused.
  if (settled === null || !isSameWant(settled.want, wish.want)) {
    return wish.want.kind === "no-ad" ? "absent" : "failed";
  }
  switch (settled.outcome) {
    case "published":
    case "hidden":
    case "updated":
    case "absent":
      return settled.outcome;
    case "errored":
    case "refused":
    case "stalled":
    case "charged":
      return "failed";
    default:
      throw new Error(`unknown outcome ${settled.outcome satisfies never}`);
  }
}

function isSameWant(a: Want, b: Want): boolean {
  return a.kind === "document" ? b.kind === "document" && a.hash === b.hash : b.kind === "no-ad";
}

/** Newest first, like the history. */
function eventsInOutbox({ outbox }: Ad): AdEvent[] {
  return outbox.flatMap((row) => (row.kind === "ad-event" ? [row.event] : [])).reverse();
}

function errorsOf(told: readonly AdEvent[], eventId: string): MarketplaceError[] {
  const newest = told.find(({ metadata }) => metadata.correlationId === eventId);
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

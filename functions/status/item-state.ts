import { type Ad, currentListing, type Settlement, type Want, type Wish } from "#shared/ad/ad.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { ItemState } from "#shared/contracts/status-answers.ts";

/**
 * How an item stands, as seen from what was last asked: as its write ended, or as what was told of the current listing since
 * then says. `told`: its ad events, newest first.
 */
export function stateOf(ad: Ad, told: readonly AdEvent[]): ItemState {
  const { wish } = ad;
  if (wish === null) {
    return "nothing-asked";
  }
  if (wish.state !== "ended") {
    return "in-progress";
  }
  const settled = ad.settled !== null && isSameWant(ad.settled.want, wish.want) ? ad.settled : null;
  const ended = endedAs(wish, settled);
  const end = { wish, ended, at: settled?.at ?? wish.acceptedAt };
  const ofListing = told.filter(({ metadata }) => metadata.listingId === currentListing(ad)?.id);
  for (const event of ofListing) {
    const state = isLate(event) ? null : stateTold(event, end);
    if (state !== null) {
      return state;
    }
  }
  return ended;
}

/** Whether an older fact was told after a newer one: it says nothing of how things stand. */
export function isLate({ data }: AdEvent): boolean {
  return "late" in data && data.late === true;
}

/** A wish may end without a submission of its own: nothing to remove, or a correction that was refused. */
function endedAs({ want }: Wish, settled: Settlement | null): ItemState {
  if (settled === null) {
    return want.kind === "no-ad" ? "absent" : "failed";
  }
  switch (settled.outcome) {
    case "published":
    case "hidden":
    case "updated":
    case "absent":
    case "stalled":
      return settled.outcome;
    case "errored":
    case "refused":
    case "charged":
      return "failed";
    default:
      throw new Error(`unknown outcome ${settled.outcome satisfies never}`);
  }
}

type End = { wish: Wish; ended: ItemState; at: number };

/** What an event told at the wish's end, or since, says of the item; null where it says nothing. */
function stateTold({ type, metadata, data }: AdEvent, { wish, ended, at }: End): ItemState | null {
  const toldAt = Date.parse(metadata.publishedAt);
  const isOwn = metadata.correlationId === wish.event.id && toldAt >= wish.acceptedAt;
  const isAfter = toldAt > at;
  const isUp = ended === "published" || ended === "updated";
  if (!isAfter && !(isOwn && toldAt === at)) {
    return null;
  }
  if (type === "AdUnpublished") {
    return isUp || (isOwn && ended !== "hidden") ? "unpublished" : null;
  }
  if (type === "AdPublished") {
    return isOwn ? "published" : null;
  }
  // One that was told as the write ended well is summed up in that, unless it says that the row shows something else.
  if (type === "AdErrored") {
    return isOwn && (isAfter || ended === "failed" || data.stage === "drift") ? "failed" : null;
  }
  return null;
}

function isSameWant(a: Want, b: Want): boolean {
  return a.kind === "document" ? b.kind === "document" && a.hash === b.hash : b.kind === "no-ad";
}

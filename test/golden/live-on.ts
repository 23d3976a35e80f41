import { acceptWish } from "#shared/ad/accept.ts";
import { type Ad, currentListing } from "#shared/ad/ad.ts";
import type { Context } from "#shared/ad/context.ts";
import type { Row } from "#shared/ad/marketplace.ts";
import { observe } from "#shared/ad/observe.ts";
import { nextDueAt } from "#shared/ad/pace.ts";
import { plan } from "#shared/ad/plan.ts";
import { productionWaits } from "#shared/contracts/waits.ts";
import { car, dawn, deleted, published } from "#test/unit/ad/ad-life.ts";

const minute = 60_000;

/** After `dawn`; the longest of the stories takes half an hour, and nothing is asked of a record before its time. */
function contextAt(minutes: number): Context {
  return { now: dawn + minutes * minute, waits: productionWaits, newId: () => "attempt-later", random: () => 0.5 };
}

/**
 * What becomes of a record from the table, by today's decisions: when it is due, its next call, what is told when its log shows
 * everything that could have happened, and what the same wish again leads to. So a field that is read in another way shows,
 * even where it still has its name.
 */
export function liveOn(ad: Ad) {
  return {
    dueAt: nextDueAt(ad, contextAt(45)),
    next: planned(ad, contextAt(45)),
    later: planned(ad, contextAt(180)),
    shown: "source" in ad.key ? null : tellings(ad, shownEverything(ad)),
    again: "source" in ad.key ? null : wishedAgain(ad, ad.key),
  };
}

/** The call that is planned, and where each submission is then. */
function planned(ad: Ad, context: Context) {
  const result = plan(ad, context);
  return { action: result.action, phases: result.ad.submissions.map(({ number, phase }) => [number, phase.kind]) };
}

function shownEverything(ad: Ad): Ad {
  const listing = currentListing(ad);
  if (listing === undefined) {
    return ad;
  }
  const log = [...published("r1"), ...published("r2", "update", 50), ...deleted("r3", 100)];
  const fields = { dealerCode: "DEMO", state: "created", blocketAdId: "1400", plate: "ABC123", vin: null, fields: {} };
  const row: Row = { listingId: listing.id, ...fields, log };
  const seen = { listingId: listing.id, snapshot: { kind: "found" as const, row } };
  return observe(observe(ad, seen, contextAt(46)), seen, contextAt(50));
}

function wishedAgain(ad: Ad, key: { dealerCode: string; itemId: string }) {
  const { vehicleType, ad: document } = car();
  const data = { dealerCode: key.dealerCode, itemId: key.itemId, vehicleType, ad: document };
  const came = { source: "dms", id: "again", receivedAt: dawn + 60 * minute, place: 0 };
  const event = { ...came, type: "inventory.item.upserted" as const, data };
  const next = acceptWish(ad, { event, listingIds: "uuid" }, contextAt(60));
  const result = plan(next, contextAt(60));
  return { ...tellings(ad, result.ad), call: result.action.kind };
}

/** What has come into the outbox since. The ids of ad events are part of what was promised. */
function tellings(before: Ad, after: Ad) {
  const rows = after.outbox.slice(before.outbox.length);
  return {
    events: rows.flatMap((row) => (row.kind === "ad-event" ? [[row.event.type, row.event.metadata]] : [])),
    receipts: rows.flatMap((row) => (row.kind === "receipt" ? [row.receipt] : [])),
  };
}

import { createHash } from "node:crypto";
import type { AdEvent, AdEventData, AdEventMetadata, AdEventType } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import type { Ad, Instant, OutboxRow } from "./ad.ts";
import { formatAdKey } from "./ad-key.ts";
import { cutToSize } from "./cut-to-size.ts";

/** With this many rows waiting an ad begins no new write. */
export const outboxRoom = 20;

/** A fact to be told. `evidence` is what makes it this fact and no other: its event id is made of it. */
export type Fact<T extends AdEventType = AdEventType> = {
  [K in T]: {
    type: K;
    data: AdEventData<K>;
    listingId: string | null;
    evidence: readonly (string | number)[];
    occurredAt: string;
    correlationId: string | null;
    causationId: string | null;
    /** That of the inventory event, where the ad's record doesn't hold the event. */
    traceparent?: string | undefined;
  };
}[T];

/** Tells a fact: the next sequence number, and the ad event in the outbox. Changes the ad it is given. */
export function tell(ad: Ad, fact: Fact, now: Instant): void {
  ad.sequence += 1;
  const evidence = JSON.stringify([formatAdKey(ad.key), fact.listingId, fact.type, ...fact.evidence]);
  const metadata: AdEventMetadata = {
    id: createHash("sha256").update(evidence).digest("base64url").slice(0, 32),
    schemaVersion: 1,
    dealerCode: "source" in ad.key ? null : ad.key.dealerCode,
    itemId: "source" in ad.key ? null : ad.key.itemId,
    listingId: fact.listingId,
    sequence: ad.sequence,
    occurredAt: fact.occurredAt,
    publishedAt: new Date(now).toISOString(),
    correlationId: fact.correlationId,
    causationId: fact.causationId,
    ...traceOf(ad, fact),
    replay: false,
  };
  const event = { type: fact.type, metadata, data: cutToSize(fact.data) } as AdEvent;
  ad.outbox.push({ kind: "ad-event", event });
}

/** The trace of the event behind a fact; none once the record has forgotten the event, which only a late fact outlives. */
function traceOf(ad: Ad, { correlationId, traceparent }: Fact): { traceparent?: string } {
  const events = [...ad.submissions, ...ad.charges, ...(ad.wish === null ? [] : [ad.wish])].map(({ event }) => event);
  const past = ad.listings.flatMap((listing) => listing.past);
  const found =
    traceparent ??
    events.find(({ id }) => id === correlationId)?.traceparent ??
    past.find((ended) => ended.correlationId === correlationId)?.traceparent;
  return found === undefined ? {} : { traceparent: found };
}

/** Says what became of an inventory event. Changes the ad it is given. */
export function giveReceipt(ad: Ad, receipt: Receipt): void {
  ad.outbox.push({ kind: "receipt", receipt });
}

/** Whether this inventory event is one the ad's record still holds: as its wish, in a submission, or owed a receipt. */
export function holdsEvent(ad: Ad, event: { source: string; id: string }): boolean {
  const isIt = (held: { source: string; id: string }) => held.source === event.source && held.id === event.id;
  return (
    (ad.wish !== null && isIt(ad.wish.event)) ||
    ad.submissions.some((submission) => isIt(submission.event)) ||
    ad.charges.some((charge) => isIt(charge.event)) ||
    ad.outbox.some((row) => row.kind === "receipt" && isIt({ source: row.receipt.source, id: row.receipt.eventId }))
  );
}

/** Takes rows that have been told out of the outbox. Rows that came meanwhile stay. */
export function clearTold(ad: Ad, told: readonly OutboxRow[]): Ad {
  const names = new Set(told.map(nameOfRow));
  return { ...ad, outbox: ad.outbox.filter((row) => !names.has(nameOfRow(row))) };
}

function nameOfRow(row: OutboxRow): string {
  return row.kind === "ad-event"
    ? `event ${row.event.metadata.sequence}`
    : `receipt ${JSON.stringify([row.receipt.source, row.receipt.eventId])}`;
}

/** When a row entered the outbox. */
export function enteredAt(row: OutboxRow): Instant {
  return row.kind === "ad-event" ? Date.parse(row.event.metadata.publishedAt) : row.receipt.at;
}

import { expect } from "vitest";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import type { World } from "./make-world.ts";

/** Checks what must hold once it is quiet, against what was sent and what the marketplace really did. */
export function checkInvariants(world: World, sent: readonly QueueMessage[]): void {
  checkReceipts(world, sent);
  checkFacts(world);
  checkSequences(world);
  checkTruth(world);
  checkCharges(world, sent);
}

/** At most one charged call reaches the marketplace per charged inventory event. */
function checkCharges({ marketplace }: World, sent: readonly QueueMessage[]): void {
  const asked = sent.filter(
    (message) => message.kind === "inventory-event" && message.event.type === "inventory.item.bump-requested",
  );
  const events = new Set(asked.map((message) => (message.kind === "inventory-event" ? message.event.id : "")));
  expect(marketplace.charges().bump).toBeLessThanOrEqual(events.size);
}

/** Every accepted inventory event ends in exactly one receipt. */
function checkReceipts({ table }: World, sent: readonly QueueMessage[]): void {
  const receipts = table
    .ads()
    .flatMap((ad) => table.receipts(ad.key).map(({ source, eventId }) => `${source} ${eventId}`));
  const expected = sent.flatMap((message) => {
    switch (message.kind) {
      case "inventory-event":
        return [`${message.event.source} ${message.event.id}`];
      case "rejected-event":
        return [`${message.source} ${message.eventId}`];
      case "go-on":
        return [];
      default:
        throw new Error(`unknown message ${JSON.stringify(message satisfies never)}`);
    }
  });
  expect(receipts.toSorted()).toEqual([...new Set(expected)].toSorted());
}

/** One fact, one id: a repeat is identical to the byte, and no fact is told under two ids. */
function checkFacts({ bus }: World): void {
  const byId = new Map<string, string>();
  const byFact = new Map<string, string>();
  for (const event of bus.published()) {
    const text = JSON.stringify(event);
    const { id } = event.metadata;
    expect(byId.get(id) ?? text).toBe(text);
    byId.set(id, text);
    const fact = factOf(event);
    expect(byFact.get(fact) ?? id).toBe(id);
    byFact.set(fact, id);
  }
}

function factOf({ type, metadata }: AdEvent): string {
  const { dealerCode, itemId, listingId, causationId, correlationId, occurredAt } = metadata;
  const evidence = causationId === null ? [correlationId] : [causationId, occurredAt];
  return JSON.stringify([type, dealerCode, itemId, listingId, ...evidence]);
}

/** What listeners got, without repeats and by sequence, counts 1, 2, 3… per ad, and is what the history holds. */
function checkSequences({ bus, table }: World): void {
  for (const ad of table.ads()) {
    const name = formatAdKey(ad.key);
    const heard = new Map(eventsOf(bus.published(), name).map((event) => [event.metadata.sequence, event]));
    const bySequence = [...heard.values()].sort((a, b) => a.metadata.sequence - b.metadata.sequence);
    expect(bySequence.map(({ metadata }) => metadata.sequence)).toEqual(bySequence.map((_, place) => place + 1));
    expect(bySequence).toEqual(table.history(ad.key));
  }
}

/** No event without its line in the log, and the last one told agrees with what is really live. */
function checkTruth({ bus, table, marketplace }: World): void {
  const truths = marketplace.ads();
  for (const { type, metadata } of bus.published()) {
    if (type === "AdPublished" || type === "AdDeleted") {
      const action = type === "AdPublished" ? "publish" : "delete";
      const log = truths.find(({ sourceId }) => sourceId === metadata.listingId)?.log ?? [];
      const line = log.find((entry) => entry.requestId === metadata.causationId && entry.action === action);
      expect(log.filter((entry) => entry.action === action && entry.state === "done")).toContainEqual(
        expect.objectContaining({ requestId: line?.requestId }),
      );
    }
  }
  for (const ad of table.ads().filter(({ wish }) => wish !== null)) {
    checkWish(ad.wish?.want.kind === "document", {
      live: truths.filter(({ sourceId, isLive }) => isLive && ad.listings.some(({ id }) => id === sourceId)).length,
      events: eventsOf(bus.published(), formatAdKey(ad.key)),
      isHidden: ad.wish?.want.kind === "document" && ad.documents[ad.wish.want.hash]?.ad.visible === false,
    });
  }
}

type Outcome = { live: number; events: readonly AdEvent[]; isHidden: boolean };

/** The marketplace equals the wish, or an `AdErrored` or `AdStalled` says why not. */
function checkWish(isWanted: boolean, { live, events, isHidden }: Outcome): void {
  const last = events
    .filter(({ type }) => type !== "AdBumped")
    .toSorted((a, b) => a.metadata.sequence - b.metadata.sequence)
    .at(-1)?.type;
  if (last === "AdErrored" || last === "AdStalled") {
    return;
  }
  expect({ live, last }).toEqual(
    isHidden
      ? { live: 0, last: "AdUpdated" }
      : { live: isWanted ? 1 : 0, last: isWanted ? "AdPublished" : events.length === 0 ? undefined : "AdDeleted" },
  );
}

function eventsOf(events: readonly AdEvent[], name: string): AdEvent[] {
  return events.filter(({ metadata: { dealerCode, itemId } }) =>
    dealerCode === null || itemId === null ? false : formatAdKey({ dealerCode, itemId }) === name,
  );
}

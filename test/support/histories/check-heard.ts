import type { Ad } from "#shared/ad/ad.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import type { HistoryWorld } from "./history-world.ts";
import { nameOfKey } from "./invoke.ts";

/** Checks, once it is quiet, what was told: receipts, ids, sequences, and that each fact has its line in a log. */
export function checkHeard(world: HistoryWorld): void {
  checkReceipts(world);
  checkIds(world);
  for (const ad of world.table.ads()) {
    checkSequences(world, ad);
  }
  for (const event of world.bus.published()) {
    checkEvidence(world, event);
  }
  checkCounted(world);
}

/** Every accepted inventory event has exactly one receipt, and nothing else has one. */
function checkReceipts({ table, queued, violations }: HistoryWorld): void {
  const given = new Map<string, Receipt[]>();
  for (const receipt of table.ads().flatMap((ad) => table.receipts(ad.key))) {
    const name = `${receipt.source} ${receipt.eventId}`;
    given.set(name, [...(given.get(name) ?? []), receipt]);
  }
  const accepted = new Set(
    queued.map((message) =>
      message.kind === "inventory-event"
        ? `${message.event.source} ${message.event.id}`
        : message.kind === "rejected-event"
          ? `${message.source} ${message.eventId}`
          : "",
    ),
  );
  for (const name of accepted) {
    const receipts = given.get(name) ?? [];
    if (receipts.length !== 1) {
      violations.report("one receipt per event", `${name} has ${receipts.length}: ${JSON.stringify(receipts)}`);
    }
  }
  for (const name of given.keys()) {
    if (!accepted.has(name)) {
      violations.report("one receipt per event", `${name} was never accepted`);
    }
  }
}

/** The same id is the same bytes; one line of a log is told under one id. */
function checkIds({ bus, violations }: HistoryWorld): void {
  const byId = new Map<string, string>();
  const byFact = new Map<string, string>();
  for (const event of bus.published()) {
    const { id, listingId, causationId, occurredAt } = event.metadata;
    const text = JSON.stringify(event);
    if ((byId.get(id) ?? text) !== text) {
      violations.report("one fact, one id", `${byId.get(id)} became ${text}`);
    }
    byId.set(id, text);
    if (isOfLog(event)) {
      const stage = event.type === "AdErrored" ? event.data.stage : "";
      const fact = JSON.stringify([event.type, stage, listingId, causationId, occurredAt]);
      if ((byFact.get(fact) ?? id) !== id) {
        violations.report("one fact, one id", `${fact} was told twice`);
      }
      byFact.set(fact, id);
    }
  }
}

/** What was heard of an ad, by sequence and once each, counts 1, 2, 3… and is what the history holds. */
function checkSequences({ bus, table, violations }: HistoryWorld, ad: Ad): void {
  const told = new Map<number, string>();
  for (const event of heardOf(bus.published(), nameOfKey(ad.key))) {
    told.set(event.metadata.sequence, JSON.stringify(event));
  }
  const kept = table.history(ad.key);
  if (kept.length !== ad.sequence || kept.some(({ metadata }, place) => metadata.sequence !== place + 1)) {
    violations.report(
      "sequences have no gaps",
      `${nameOfKey(ad.key)} keeps ${kept.map(({ metadata }) => metadata.sequence)}`,
    );
  }
  for (const event of kept) {
    if (told.get(event.metadata.sequence) !== JSON.stringify(event)) {
      violations.report("what is kept was told", `${nameOfKey(ad.key)} sequence ${event.metadata.sequence}`);
    }
  }
  if (told.size !== kept.length) {
    violations.report("what is kept was told", `${nameOfKey(ad.key)}: ${told.size} told, ${kept.length} kept`);
  }
}

/** Where nothing crashes, each request that was kept as foreign was counted once. Where one has passed for ours, ours may count as foreign. */
function checkCounted({ strangeRequests, counts, history, violations }: HistoryWorld): void {
  const kept = strangeRequests.foreign().size;
  const isTellable = strangeRequests.isAny() && strangeRequests.all().every(({ passed }) => !passed);
  if (history.storm === "none" && isTellable && counts.foreign !== kept) {
    violations.report("what a stranger did is kept as such", `${kept} are kept as foreign, ${counts.foreign} counted`);
  }
}

/**
 * Each fact has its line in the log of that listing, in a request that a write of that ad made in truth, or in one of a
 * stranger's that could pass for it. Where one has passed, the bridge's own may be taken for its next write's.
 */
function checkEvidence(world: HistoryWorld, event: AdEvent): void {
  const { marketplace, truth, strangeRequests, violations, history } = world;
  if (!isOfLog(event)) {
    return;
  }
  const { listingId, causationId, dealerCode, itemId, correlationId } = event.metadata;
  const line = lineOf(event);
  const ad = marketplace.ads().find((one) => one.sourceId === listingId && one.dealerCode === dealerCode);
  const hasLine = ad?.log.some(
    (entry) => entry.requestId === causationId && entry.action === line.action && entry.state === line.state,
  );
  const made = causationId === null ? undefined : truth.takenBy(causationId)?.made;
  const hasPassed = listingId !== null && strangeRequests.hasPassed(listingId);
  if (hasLine === true && strangeRequests.find(causationId ?? "")?.passed) {
    return;
  }
  if (hasLine !== true || made === undefined) {
    violations.report("every fact has its line", JSON.stringify(event));
  } else if (made.item !== `${dealerCode}/${itemId}`) {
    violations.report("every fact has its line", `of ${made.item}: ${JSON.stringify(event)}`);
  } else if (history.storm === "none" && !hasPassed && made.eventId !== correlationId) {
    violations.report("a fact is its own write's", `${made.eventId} made it: ${JSON.stringify(event)}`);
  }
}

const lines = {
  AdPublished: "publish",
  AdDeleted: "delete",
  AdUnpublished: "unpublish",
  AdBumped: "bump",
  AdPolePositioned: "boost",
} as const;

/** The line that a fact of a log must have there. */
export function lineOf(event: AdEvent): { action: string; state: "done" | "error" } {
  switch (event.type) {
    case "AdErrored":
      return { action: event.data.stage, state: "error" };
    case "AdPublished":
    case "AdDeleted":
    case "AdUnpublished":
    case "AdBumped":
    case "AdPolePositioned":
      return { action: lines[event.type], state: "done" };
    default:
      throw new Error(`${event.type} is no fact of a log`);
  }
}

/** Whether an event tells a line of a log, rather than a decision of ours. */
export function isOfLog({ type, metadata }: AdEvent): boolean {
  return (
    metadata.causationId !== null && type !== "InventoryEventRejected" && type !== "AdUpdated" && type !== "AdStalled"
  );
}

/** What was heard of one item, repeats included. */
export function heardOf(heard: readonly AdEvent[], name: string): AdEvent[] {
  return heard.filter(({ metadata: { dealerCode, itemId } }) =>
    dealerCode === null || itemId === null ? name.startsWith("source#") : `${dealerCode}/${itemId}` === name,
  );
}

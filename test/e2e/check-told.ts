import { isDeepStrictEqual } from "node:util";
import type { AdRecord } from "#local/sandbox/read-ad-record.ts";
import type { LogEntry } from "#local/simulator/state.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { isOfLog, lineOf } from "#test/support/histories/check-heard.ts";
import type { Violation } from "#test/support/histories/violation.ts";
import type { Delivery } from "./sandbox-views.ts";

/** What the bus took of one ad, repeats included. */
export type Told = { record: AdRecord; deliveries: readonly Delivery[] };

/** Each event accepted for an ad has one receipt, and nothing else has one. Both lists are of event ids. */
export function checkReceipts({ receipts }: AdRecord, accepted: readonly string[]): Violation[] {
  const given = receipts.map(({ eventId }) => eventId).toSorted();
  const expected = accepted.toSorted();
  return isDeepStrictEqual(given, expected)
    ? []
    : [{ invariant: "one receipt per event", message: `accepted ${expected}; receipts ${given}` }];
}

/**
 * An ad's history counts 1, 2, 3…; the bus has taken just that, in this order; one id is always the same bytes; no fact has
 * two ids.
 */
export function checkTold({ record: { ad, events }, deliveries }: Told): Violation[] {
  const violations: Violation[] = [];
  const report = (invariant: string, message: string) => void violations.push({ invariant, message });
  const sequences = events.map(({ metadata }) => metadata.sequence);
  if (sequences.length !== ad.sequence || sequences.some((sequence, place) => sequence !== place + 1)) {
    report("sequences have no gaps", `${sequences} of ${ad.sequence}`);
  }
  const byId = new Map<string, string>();
  for (const { "detail-type": type, detail } of deliveries) {
    const text = JSON.stringify({ type, ...detail });
    if ((byId.get(detail.metadata.id) ?? text) !== text) {
      report("one id, the same bytes", `${byId.get(detail.metadata.id)} became ${text}`);
    }
    byId.set(detail.metadata.id, text);
  }
  const kept = events.map(({ type, metadata, data }) => JSON.stringify({ type, metadata, data }));
  if (!isDeepStrictEqual([...byId.values()], kept)) {
    report("what is kept was told", `kept ${kept.join("\n  ")}\n  told ${[...byId.values()].join("\n  ")}`);
  }
  const facts = events.map(factOf);
  for (const twice of facts.filter((fact, place) => facts.indexOf(fact) !== place)) {
    report("one fact, one id", `${twice} was told twice`);
  }
  return violations;
}

function factOf({ type, metadata: { listingId, causationId, occurredAt }, data }: AdEvent): string {
  return JSON.stringify([type, "stage" in data ? data.stage : "", listingId, causationId, occurredAt]);
}

/** Each fact of a log has its line there. `logOf` gives the log of a listing. */
export function checkLines(events: readonly AdEvent[], logOf: (listingId: string) => readonly LogEntry[]): Violation[] {
  return events.filter(isOfLog).flatMap((event) => {
    const { action, state } = lineOf(event);
    const { listingId, causationId } = event.metadata;
    const hasLine = logOf(listingId ?? "").some(
      (entry) => entry.requestId === causationId && entry.action === action && entry.state === state,
    );
    return hasLine ? [] : [{ invariant: "every fact has its line", message: JSON.stringify(event) }];
  });
}

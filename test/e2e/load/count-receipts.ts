import { setTimeout as wait } from "node:timers/promises";
import type { ReceiptView } from "#shared/contracts/status-answers.ts";
import { askStatus } from "#test/e2e/ask-status.ts";
import type { LoadEvent } from "./draw-events.ts";

/** How many events have one receipt, none, or several, and of how many the first one was changed; `outcomes` of all receipts. */
export type Counted = { one: number; none: number; several: number; changed: number; outcomes: Map<string, number> };

/** `patienceMs` is how long no event at all may get its receipt, `everyMs` how long to wait before those without are looked at again. */
export type Watch = { patienceMs: number; everyMs: number; report: (complete: number) => void };

type Found = Map<LoadEvent, ReceiptView>;

/** So many events are looked at in one go: to look at all the time at all of them would cost more than the load. */
const atOnce = 50;

/**
 * Waits until each event has a receipt, or none has got one for too long, and then asks for all of them once more: under
 * whatever key another one may lie, the source is told of it, and the first one must be as it was.
 */
export async function countReceipts(bridgeUrl: string, events: readonly LoadEvent[], watch: Watch): Promise<Counted> {
  const found = await waitForReceipts(bridgeUrl, events, watch);
  const counted: Counted = { one: 0, none: 0, several: 0, changed: 0, outcomes: new Map() };
  for (const event of events) {
    count(counted, found.get(event), await readPatiently(bridgeUrl, event, watch));
  }
  return counted;
}

async function waitForReceipts(bridgeUrl: string, events: readonly LoadEvent[], watch: Watch): Promise<Found> {
  const found: Found = new Map();
  const waiting = [...events];
  let lastFoundAt = performance.now();
  let lookedAtSince = 0;
  while (waiting.length > 0 && (performance.now() - lastFoundAt < watch.patienceMs || lookedAtSince < waiting.length)) {
    const looked = waiting.splice(0, atOnce);
    const before = found.size;
    for (const event of looked) {
      const receipt = await readPatiently(bridgeUrl, event, watch);
      receipt === null ? waiting.push(event) : found.set(event, receipt);
    }
    const news = found.size - before;
    lookedAtSince = news > 0 ? 0 : lookedAtSince + looked.length;
    lastFoundAt = news > 0 ? performance.now() : lastFoundAt;
    watch.report(found.size);
    if (waiting.length > 0 && news < looked.length / 2) {
      await wait(watch.everyMs);
    }
  }
  return found;
}

function count(counted: Counted, first: ReceiptView | undefined, now: ReceiptView | null): void {
  const receipts = now === null ? [] : [now, ...(now.others ?? [])];
  for (const { outcome, reason } of receipts) {
    const name = `${outcome} (${reason})`;
    counted.outcomes.set(name, (counted.outcomes.get(name) ?? 0) + 1);
  }
  // The first of several is what was there before, whatever has come since.
  const isChanged = first !== undefined && !receipts.some((receipt) => isSame(receipt, first));
  const place = isChanged ? "changed" : receipts.length > 1 ? "several" : receipts.length === 1 ? "one" : "none";
  counted[place] += 1;
}

function isSame({ others: _, ...receipt }: ReceiptView, { others: __, ...first }: ReceiptView): boolean {
  return JSON.stringify(receipt) === JSON.stringify(first);
}

const mostTries = 5;

/** A sandbox at its limits may lose a connection or ask for patience. To look again changes nothing; the last failure is thrown. */
async function readPatiently(bridgeUrl: string, event: LoadEvent, watch: Watch): Promise<ReceiptView | null> {
  for (let tries = 1; ; tries++) {
    try {
      return await readReceipt(bridgeUrl, event);
    } catch (error) {
      if (tries === mostTries) {
        throw error;
      }
      await wait(watch.everyMs);
    }
  }
}

const readWithinMs = 30_000;

async function readReceipt(bridgeUrl: string, { id }: LoadEvent): Promise<ReceiptView | null> {
  const { status, body } = await askStatus(bridgeUrl, ["inventory-events", id], AbortSignal.timeout(readWithinMs));
  if (status !== 200 && status !== 404) {
    throw new Error(`the receipt of ${id} was answered ${status}`);
  }
  return status === 200 ? (body as ReceiptView) : null;
}

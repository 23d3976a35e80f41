import { setTimeout as wait } from "node:timers/promises";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { adEventsOf, waitForAdEvent } from "./ad-event-deliveries.ts";
import { type Mark, marksOf, type Sightings } from "./ad-way.ts";
import type { StockItem, StockStep } from "./load-stock.ts";
import type { Sandbox } from "./start-sandbox.ts";
import { type AdWatch, watchAd } from "./watch-ad.ts";

/** What one item of the stock went through, and which of its steps didn't lead to what they should. */
export type Way = { item: StockItem; marks: Mark[]; missing: StockStep[] };

type Played = Pick<Sandbox, "bridgeUrl" | "bus" | "readAd">;

/** Receipts are written a moment after the events they belong to; nobody waits longer for them than this. */
const receiptsWithinMs = 3_000;
const receiptsEveryMs = 50;

/**
 * Plays all items side by side through the bridge's own door, and tells each one's way as soon as it is at its end. A step
 * that was played before is a repeat: its ad event is on the bus already, and nothing happens again.
 */
export async function playStock(
  sandbox: Played,
  { stock, giveUp, tell }: { stock: readonly StockItem[]; giveUp: AbortSignal; tell: (way: Way) => void },
): Promise<Way[]> {
  const play = async (item: StockItem) => {
    const way = await playItem(sandbox, item, giveUp);
    tell(way);
    return way;
  };
  return Promise.all(stock.map(play));
}

async function playItem(sandbox: Played, item: StockItem, giveUp: AbortSignal): Promise<Way> {
  const watch = watchAd(sandbox.readAd, { dealerCode: item.dealerCode, itemId: item.itemId });
  try {
    const { posts, missing } = await playSteps(sandbox, item, giveUp);
    if (missing.length === 0) {
      await waitForReceipts(watch, item);
    }
    const { record, submissions } = await watch.stop();
    const events = adEventsOf(sandbox.bus, item);
    const marks = marksOf({ posts, submissions, events, receipts: record?.receipts ?? [] });
    return { item, marks, missing };
  } finally {
    await watch.stop();
  }
}

async function playSteps(sandbox: Played, item: StockItem, giveUp: AbortSignal) {
  const posts: Sightings["posts"][number][] = [];
  for (const [place, step] of item.steps.entries()) {
    const { items, status, problem } = await postInventoryEvents(sandbox.bridgeUrl, step.body);
    const answered = items[0]?.status ?? `refused: ${status} ${problem}`;
    posts.push({ at: Date.now(), eventType: step.eventType, status: answered });
    const isExpected = answered === "queued" && (await waitForAdEvent(sandbox.bus, fits(item, step), giveUp)) !== null;
    if (!isExpected) {
      return { posts, missing: item.steps.slice(place) };
    }
  }
  return { posts, missing: [] };
}

function fits({ dealerCode, itemId }: StockItem, { eventId, expect }: StockStep) {
  return ({ type, metadata }: { type: string; metadata: Record<string, unknown> }) =>
    type === expect &&
    metadata.dealerCode === dealerCode &&
    metadata.itemId === itemId &&
    metadata.correlationId === eventId;
}

async function waitForReceipts(watch: AdWatch, { steps }: StockItem): Promise<void> {
  const endsAt = Date.now() + receiptsWithinMs;
  while (Date.now() < endsAt) {
    const record = await watch.read();
    const receipts = record?.receipts ?? [];
    if (steps.every(({ eventId }) => receipts.some((receipt) => receipt.eventId === eventId))) {
      return;
    }
    await wait(receiptsEveryMs);
  }
}

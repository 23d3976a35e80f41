import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createColors } from "picocolors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bus } from "#local/sandbox/ad-event-deliveries.ts";
import { formatWay } from "#local/sandbox/format-way.ts";
import type { StockItem } from "#local/sandbox/load-stock.ts";
import { playStock } from "#local/sandbox/play-stock.ts";

const item: StockItem = {
  about: "a moped",
  dealerCode: "DEMO",
  itemId: "moped-1",
  steps: [
    { body: "{}", eventId: "first", eventType: "inventory.item.upserted", expect: "AdPublished" },
    { body: "{}", eventId: "second", eventType: "inventory.item.removed", expect: "AdDeleted" },
  ],
};

function delivery(type: string, correlationId: string) {
  const metadata = { id: correlationId, ...item, correlationId, publishedAt: "2026-01-01T00:00:00.000Z" };
  return {
    "detail-type": type,
    detail: { metadata, data: { blocketAdId: "77", warnings: [], stage: "submission", errors: [] } },
  };
}

const busWith = (...deliveries: ReturnType<typeof delivery>[]) =>
  ({ deliveries: () => deliveries, subscribe: () => () => {} }) as unknown as Bus;

/** A bridge that queues whatever it gets, and counts. */
let posts = 0;
const bridge = createServer((_, response) => {
  posts += 1;
  response.writeHead(202).end(JSON.stringify({ items: [{ id: "x", status: "queued" }] }));
});
beforeAll(() => new Promise<void>((resolve) => bridge.listen(0, "127.0.0.1", resolve)));
afterAll(() => void bridge.close());

async function play(bus: Bus) {
  posts = 0;
  const bridgeUrl = `http://127.0.0.1:${(bridge.address() as AddressInfo).port}`;
  const receipts = item.steps.map(({ eventId }) => ({ eventId, at: 0, outcome: "applied", reason: "published" }));
  const readAd = async () => ({ ad: { submissions: [] }, wish: null, receipts, events: [] }) as never;
  const options = { stock: [item], giveUp: AbortSignal.abort(), tell: () => {} };
  const [way] = await playStock({ bridgeUrl, bus, readAd }, options);
  return way ?? expect.fail("no way was told");
}

describe("playing the stock", () => {
  it("names what did not come, and does not begin the step after it", async () => {
    const way = await play(busWith(delivery("AdErrored", "first"), delivery("AdDeleted", "second")));
    expect(way.missing.map(({ eventId }) => eventId)).toEqual(["first", "second"]);
    expect(posts).toBe(1);
    const text = formatWay(way, { startedAt: Date.now(), colors: createColors(false) });
    expect(text).toContain("missing     AdPublished for first");
    expect(text).toContain("missing     AdDeleted for second");
  });

  it("misses nothing once each step's own ad event is on the bus", async () => {
    const way = await play(busWith(delivery("AdPublished", "first"), delivery("AdDeleted", "second")));
    expect(way.missing).toEqual([]);
    expect(posts).toBe(2);
    expect(way.marks.map(({ where }) => where).sort()).toEqual([
      "ad event",
      "ad event",
      "receipt",
      "receipt",
      "webhook",
      "webhook",
    ]);
  });

  it("does not take another step's ad event for its own", async () => {
    const way = await play(busWith(delivery("AdPublished", "first"), delivery("AdDeleted", "first")));
    expect(way.missing.map(({ eventId }) => eventId)).toEqual(["second"]);
  });
});

import picocolors from "picocolors";
import * as z from "zod/mini";
import { formatWay } from "./format-way.ts";
import { loadStock } from "./load-stock.ts";
import { playStock, type Way } from "./play-stock.ts";
import type { Sandbox } from "./start-sandbox.ts";

/** With the start and the end of the sandbox this stays under forty seconds. */
const playWithinMs = 30_000;

/** Plays the sample stock, prints each ad's way and what came of it all; whether every expected ad event has arrived. */
export async function playAndTell(sandbox: Sandbox, stop: AbortSignal): Promise<boolean> {
  const stock = loadStock();
  const startedAt = Date.now();
  const colors = picocolors.createColors(process.stdout.isTTY);
  console.log(`\nplaying ${stock.length} sample ads; times in seconds\n`);
  const ways = await playStock(sandbox, {
    stock,
    giveUp: AbortSignal.any([stop, AbortSignal.timeout(playWithinMs)]),
    tell: (way) => console.log(formatWay(way, { startedAt, colors })),
  });
  if (stop.aborted) {
    return false;
  }
  const requests = await countRequests(sandbox.simulatorUrl);
  console.log(summarize(ways, { requests, seconds: (Date.now() - startedAt) / 1000 }));
  return ways.every(({ missing }) => missing.length === 0);
}

function summarize(ways: readonly Way[], { requests, seconds }: { requests: RequestCount; seconds: number }): string {
  const steps = ways.flatMap(({ item }) => item.steps);
  const missing = ways.flatMap(({ item, missing: steps }) =>
    steps.map(({ expect, eventId }) => `${expect} of ${item.dealerCode}/${item.itemId} (${eventId})`),
  );
  const told =
    missing.length === 0
      ? `all ${steps.length} expected ad events arrived`
      : `${missing.length} of ${steps.length} expected ad events are missing: ${missing.join(", ")}`;
  const asked = `the marketplace got ${requests.writes} writes and ${requests.reads} reads`;
  return `${told} in ${seconds.toFixed(1)} s; ${asked}\n`;
}

type RequestCount = { writes: number; reads: number };

const requestsSchema = z.array(z.object({ method: z.string() }));

/** As the simulator's own control interface counts them. */
async function countRequests(simulatorUrl: string): Promise<RequestCount> {
  const response = await fetch(`${simulatorUrl}/control/requests`);
  const requests = requestsSchema.parse(await response.json());
  const reads = requests.filter(({ method }) => method === "GET").length;
  return { writes: requests.length - reads, reads };
}

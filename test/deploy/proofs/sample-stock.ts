import { setTimeout as wait } from "node:timers/promises";
import { loadStock, type StockItem } from "#local/sandbox/load-stock.ts";
import { playStock, type Way } from "#local/sandbox/play-stock.ts";
import { sandboxSource } from "#local/sandbox/sandbox-constants.ts";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { demand } from "./demand.ts";
import { askItem, type DeployedBridge } from "./deployed-bridge.ts";

const playWithinMs = 180_000;
const againMs = 1_000;
const strangersSecret = "whsec_c3RyYW5nZXItd2l0aC1hLXNlY3JldC1vZi1oaXMtb3du";

/** The sample stock through the deployed door: every expected ad event comes out of the listener's queue. */
export async function proveSampleStock(bridge: DeployedBridge): Promise<string> {
  const stock = loadStock();
  const giveUp = AbortSignal.any([bridge.stop, AbortSignal.timeout(playWithinMs)]);
  const ways = await playUntilTaken(bridge, stock, giveUp);
  bridge.stop.throwIfAborted();
  const missing = ways.flatMap(({ item, marks, missing: steps }) =>
    steps.map(({ expect, eventId }) => {
      const refusals = marks.filter(({ where, bad }) => where === "webhook" && bad).map(({ text }) => text);
      return [`${expect} of ${item.dealerCode}/${item.itemId} (${eventId})`, ...refusals].join(", ");
    }),
  );
  demand(missing.length === 0, `ad events of the sample stock are missing: ${missing.join("; ")}`);
  const steps = stock.flatMap((item) => item.steps).length;
  return `${stock.length} sample ads: all ${steps} expected ad events came out of a queue behind a rule`;
}

/** What the door of a cold deployment has put off is sent again, as sources do: what was taken the first time is a repeat. */
async function playUntilTaken(
  bridge: DeployedBridge,
  stock: readonly StockItem[],
  giveUp: AbortSignal,
): Promise<Way[]> {
  const ways = await playStock(bridge, { stock, giveUp, tell: () => {} });
  const incomplete = ways.filter(({ missing }) => missing.length > 0);
  if (incomplete.length === 0 || giveUp.aborted) {
    return ways;
  }
  await wait(againMs);
  const again = incomplete.map(({ item }) => item);
  const complete = ways.filter(({ missing }) => missing.length === 0);
  return [...complete, ...(await playUntilTaken(bridge, again, giveUp))];
}

/** Who has the wrong secret gets nowhere; who has the right one is told how an item stands. */
export async function proveDoor(bridge: DeployedBridge): Promise<string> {
  const [first] = loadStock();
  const stranger = { source: sandboxSource, secret: strangersSecret };
  const refused = await postInventoryEvents(bridge.bridgeUrl, first?.steps[0]?.body ?? "", stranger);
  demand(refused.status === 401, `a wrong signature was answered with ${refused.status}, not 401`);
  const { status, body } = await askItem(bridge, first?.dealerCode ?? "", first?.itemId ?? "");
  demand(
    status === 200 && body.state === "published",
    `the status was answered with ${status} ${JSON.stringify(body)}`,
  );
  return "a wrong signature is answered 401, a source's question about its item 200";
}

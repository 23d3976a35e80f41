import { loadStock } from "#local/sandbox/load-stock.ts";
import { playStock } from "#local/sandbox/play-stock.ts";
import { sandboxSource } from "#local/sandbox/sandbox-constants.ts";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { demand } from "./demand.ts";
import { askItem, type DeployedBridge } from "./deployed-bridge.ts";

const playWithinMs = 120_000;
const strangersSecret = "whsec_c3RyYW5nZXItd2l0aC1hLXNlY3JldC1vZi1oaXMtb3du";

/** The sample stock through the deployed door: every expected ad event comes out of the listener's queue. */
export async function proveSampleStock(bridge: DeployedBridge): Promise<string> {
  const stock = loadStock();
  const giveUp = AbortSignal.any([bridge.stop, AbortSignal.timeout(playWithinMs)]);
  const ways = await playStock(bridge, { stock, giveUp, tell: () => {} });
  bridge.stop.throwIfAborted();
  const missing = ways.flatMap(({ item, missing: steps }) =>
    steps.map(({ expect, eventId }) => `${expect} of ${item.dealerCode}/${item.itemId} (${eventId})`),
  );
  demand(missing.length === 0, `ad events of the sample stock are missing: ${missing.join(", ")}`);
  const steps = stock.flatMap((item) => item.steps).length;
  return `${stock.length} sample ads: all ${steps} expected ad events came out of a queue behind a rule`;
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

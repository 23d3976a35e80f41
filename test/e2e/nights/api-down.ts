import assert from "node:assert/strict";
import { addFault, clearFaults } from "#test/e2e/bridge/run-bridge.ts";
import { readAd, until } from "#test/e2e/sandbox-views.ts";
import type { Desk, Night } from "./desk.ts";
import { forSale } from "./sample.ts";

const itemIds = ["saab-1", "saab-2", "saab-3"];

/** The marketplace answers every request with 503, for a while. */
export const apiDown: Night = { name: "api-down", alarms: ["A lane is closed"], play };

async function play(desk: Desk): Promise<void> {
  const { simulatorUrl } = desk.sandbox();
  await addFault(simulatorUrl, { match: {}, times: 100_000, kind: "status", status: 503 });
  for (const itemId of itemIds) {
    await desk.send(forSale({ id: `${itemId}-new`, itemId }));
  }
  desk.beginBlock("alarm");
  await desk.findLine({ message: "lane.changed", show: ["tokenId", "dealerCode", "outcome", "reason"] });
  await desk.findLine({ message: "poll.standing", show: ["LanesClosed"], atLeast: { LanesClosed: 1 } });
  const waiting = { dealerCode: "DEMO", itemId: "saab-1" };
  await until(async () => (await readAd(desk.sandbox().bridgeUrl, waiting))?.ad.heldUntil);
  desk.beginBlock("seen");
  await desk.type("lanes");
  const why = await desk.type("why DEMO/saab-1");
  assert.match(why, /calls failed in a row/);
  await clearFaults(simulatorUrl);
  for (const itemId of itemIds) {
    await desk.hear(itemId, "AdPublished");
  }
  desk.beginBlock("ended");
  await desk.type("lanes");
  await desk.type("dead-letters", 1);
  const answer = await fetch(`${simulatorUrl}/pro-import-api/v4/ad`, { headers: { "x-auth-token": "sandbox-token" } });
  assert.equal(((await answer.json()) as { count: number }).count, itemIds.length, "each ad is there once");
}

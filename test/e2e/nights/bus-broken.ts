import assert from "node:assert/strict";
import { readAd, until } from "#test/e2e/sandbox-views.ts";
import type { Desk, Night } from "./desk.ts";
import { forSale } from "./sample.ts";

/** A changed policy denies the bridge the bus; and once that is mended, events go in and do not come out. */
export const busBroken: Night = {
  name: "bus-broken",
  alarms: ["The bus takes no events", "The canary is missing"],
  play: async (desk) => {
    await playRefused(desk);
    await playSwallowed(desk);
  },
};

async function setBus(desk: Desk, mood: string): Promise<void> {
  await fetch(`${desk.sandbox().bridgeUrl}/sandbox/bus/${mood}`, { method: "PUT" });
}

async function playRefused(desk: Desk): Promise<void> {
  await setBus(desk, "refuses");
  await desk.send(forSale({ id: "saab-1-new", itemId: "saab-1" }));
  desk.beginBlock("refused");
  await desk.findLine({ message: "ad.told", show: ["BusFailures"], atLeast: { BusFailures: 1 } });
  const why = await desk.type("why DEMO/saab-1");
  assert.match(why, /not told yet: the bus or the table has not taken them/);
  await setBus(desk, "works");
  await desk.hear("saab-1", "AdPublished");
  await until(async () => (await readAd(desk.sandbox().bridgeUrl, saab))?.ad.outbox.length === 0);
  desk.beginBlock("refused-ended");
  await desk.type("ad DEMO/saab-1");
}

const saab = { dealerCode: "DEMO", itemId: "saab-1" };
const volvo = { dealerCode: "DEMO", itemId: "volvo-1" };

async function playSwallowed(desk: Desk): Promise<void> {
  await setBus(desk, "swallows");
  const from = new Date().toISOString();
  await desk.send(forSale({ id: "volvo-1-new", ...volvo }));
  await until(async () => (await readAd(desk.sandbox().bridgeUrl, volvo))?.events.length === 1);
  desk.beginBlock("swallowed");
  const line = await desk.findLine({ message: "bus.canary-missing", show: ["level", "durationMs", "CanaryMissing"] });
  assert.equal(line.CanaryMissing, 1);
  await setBus(desk, "works");
  desk.beginBlock("mended");
  await desk.findLine({ message: "bus.canary-heard", show: ["durationMs"] });
  await desk.type(`replay --from ${from} --yes`);
  await desk.hear("volvo-1", "AdPublished", ({ detail }) => detail.metadata.replay);
}

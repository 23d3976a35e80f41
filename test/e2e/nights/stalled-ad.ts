import assert from "node:assert/strict";
import { addFault } from "#test/e2e/bridge/run-bridge.ts";
import { readAd, until } from "#test/e2e/sandbox-views.ts";
import type { Desk, Night } from "./desk.ts";
import { forSale } from "./sample.ts";

/** Twenty times faster than the marketplace's own half hour; longer than the bridge waits. */
const stuckMs = 105_000;

/** What a sandbox calls two thirds of the time that a submission may be open. */
const alarmMs = 60_000;

const key = { dealerCode: "DEMO", itemId: "saab-1" };

/** The marketplace takes an ad, begins with it, and goes on only when it has been given up. */
export const stalledAd: Night = { name: "stalled-ad", alarms: ["A submission without an end"], play };

async function play(desk: Desk): Promise<void> {
  const { simulatorUrl } = desk.sandbox();
  await addFault(simulatorUrl, { match: { method: "POST" }, kind: "stuck", delayMs: stuckMs });
  await desk.send(forSale({ id: "saab-1-new", itemId: "saab-1" }));
  desk.beginBlock("alarm");
  await desk.findLine({
    message: "poll.round",
    show: ["OldestOpenSubmission"],
    atLeast: { OldestOpenSubmission: alarmMs },
  });
  desk.beginBlock("seen");
  assert.match(await desk.type("why DEMO/saab-1"), /accepted, its result is awaited in the action log/);
  await showLog(desk);
  await desk.hear("saab-1", "AdStalled");
  desk.beginBlock("stalled");
  await desk.findLine({ message: "ad.told", show: ["Stalled"], atLeast: { Stalled: 1 } });
  assert.match(await desk.type("ad DEMO/saab-1"), /AdStalled/);
  await desk.send(forSale({ id: "saab-1-again", itemId: "saab-1" }));
  await desk.hear("saab-1", "AdPublished");
  await until(() => isSettled(desk));
  desk.beginBlock("ended");
  await desk.type("ad DEMO/saab-1");
}

type Entry = { action: string; state: string };

/** What Blocket itself says of the ad. */
async function showLog(desk: Desk): Promise<void> {
  const { bridgeUrl, simulatorUrl } = desk.sandbox();
  const listingId = (await readAd(bridgeUrl, key))?.ad.listings[0]?.id;
  const path = `/pro-import-api/v4/ad/${listingId}/log`;
  const answer = await fetch(`${simulatorUrl}${path}`, { headers: { "x-auth-token": "sandbox-token" } });
  const { results } = (await answer.json()) as { results: Entry[] };
  assert.deepEqual(
    results.map(({ action, state }) => [action, state]),
    [["create", "processing"]],
  );
  desk.note(`$ curl -H "X-Auth-Token: $TOKEN" https://api.blocket.se${path}`);
  desk.note(JSON.stringify({ results: results.map(({ action, state }) => ({ action, state })) }));
}

async function isSettled(desk: Desk): Promise<boolean> {
  const record = await readAd(desk.sandbox().bridgeUrl, key);
  return record?.receipts.some(({ eventId }) => eventId === "saab-1-again") === true;
}

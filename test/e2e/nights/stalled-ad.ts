import assert from "node:assert/strict";
import { addFault } from "#test/e2e/bridge/run-bridge.ts";
import { removed } from "#test/e2e/sample-events.ts";
import { readAd, until } from "#test/e2e/sandbox-views.ts";
import type { Desk, Night } from "./desk.ts";
import { forSale } from "./sample.ts";

/** Twenty times faster than the marketplace's own half hour; longer than the bridge waits. */
const stuckMs = 105_000;

/** What a sandbox calls two thirds of the time that a submission may be open, and ten minutes of a removal. */
const alarmMs = { submission: 60_000, removal: 30_000 };

const key = { dealerCode: "DEMO", itemId: "saab-1" };

/** The marketplace takes an ad and a removal, begins with each, and goes on only when they have been given up. */
export const stalledAd: Night = {
  name: "stalled-ad",
  alarms: ["A submission without an end", "A sold car is still live"],
  play,
};

async function play(desk: Desk): Promise<void> {
  const { simulatorUrl } = desk.sandbox();
  await desk.send(forSale({ id: "sold-1-new", itemId: "sold-1", dealerCode: "SOLO" }));
  await desk.hear("sold-1", "AdPublished");
  for (const method of ["POST", "DELETE"]) {
    await addFault(simulatorUrl, { match: { method }, kind: "stuck", delayMs: stuckMs });
  }
  await desk.send(forSale({ id: "saab-1-new", itemId: "saab-1" }));
  await until(async () => (await readAd(desk.sandbox().bridgeUrl, key))?.ad.submissions.length);
  await desk.send(removed({ id: "sold-1-sold", itemId: "sold-1", dealerCode: "SOLO" }));
  await findSoldCar(desk);
  desk.beginBlock("alarm");
  const line = await desk.findLine({
    message: "poll.round",
    show: ["openDealerCode", "openListingId", "OldestOpenSubmission"],
    atLeast: { OldestOpenSubmission: alarmMs.submission },
    saying: { openDealerCode: "DEMO" },
  });
  desk.beginBlock("found");
  assert.match(
    await desk.type("stuck"),
    new RegExp(`^DEMO/saab-1 {2}POST open since .*, listing ${line.openListingId}$`, "m"),
  );
  desk.beginBlock("seen");
  assert.match(await desk.type(`why ${line.openListingId}`), /accepted, its result is awaited in the action log/);
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

/** A car that was sold half a minute ago: here, what ten minutes are in production. */
async function findSoldCar(desk: Desk): Promise<void> {
  desk.beginBlock("removal");
  const line = await desk.findLine({
    message: "poll.round",
    show: ["removalDealerCode", "removalListingId", "OldestRemoval"],
    atLeast: { OldestRemoval: alarmMs.removal },
  });
  const shown = await desk.type("stuck --removals");
  assert.match(
    shown,
    new RegExp(`^SOLO/sold-1 {2}removal unconfirmed since .*, listing ${line.removalListingId}$`, "m"),
  );
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

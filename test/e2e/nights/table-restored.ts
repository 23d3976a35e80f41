import assert from "node:assert/strict";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { addFault } from "#test/e2e/bridge/run-bridge.ts";
import { envelope, removed } from "#test/e2e/sample-events.ts";
import { type Delivery, readAd, readAdEvents, until } from "#test/e2e/sandbox-views.ts";
import type { Desk, Night } from "./desk.ts";
import { forSale } from "./sample.ts";

/** Yesterday's table is put back, beside today's marketplace; `dir` is where the desk's sandbox keeps its state. */
export const tableRestored = (dir: string): Night => ({
  name: "table-restored",
  alarms: [],
  play: (desk) => play(desk, { table: join(dir, "dynamodb"), yesterday: join(dir, "yesterday") }),
});

type Folders = { table: string; yesterday: string };

async function play(desk: Desk, { table, yesterday }: Folders): Promise<void> {
  await haveSettled(desk, ["changed-1", "removed-1"], (itemId) => forSale({ id: `${itemId}-new`, itemId }));
  await desk.restart(() => cp(table, yesterday, { recursive: true }));
  await haveRefused(desk);
  await sendStock(desk);
  await haveSettled(desk, ["changed-1"], () => bump);
  const before = await readAdEvents(desk.sandbox().bridgeUrl);
  await desk.restart(async () => {
    await rm(table, { recursive: true });
    await cp(yesterday, table, { recursive: true });
  });
  desk.beginBlock("seen");
  await desk.type("ad DEMO/added-1", 1);
  await desk.type("ad DEMO/removed-1");
  assert.match(await desk.type("why DEMO/changed-1"), /at rest/);
  await slowDown(desk);
  await sendStock(desk);
  desk.beginBlock("mended");
  await desk.type("ad DEMO/added-1");
  await desk.type("ad DEMO/changed-1");
  await desk.type("ad DEMO/removed-1");
  await checkMarketplace(desk);
  showTold(desk, before, (await readAdEvents(desk.sandbox().bridgeUrl)).slice(before.length));
  await showCharges(desk);
}

/** The marketplace now takes longer for its work than the bridge for its first read, as it does on any day. */
async function slowDown(desk: Desk): Promise<void> {
  const body = JSON.stringify({ processingDelayMs: 4_000, publishDelayMs: 4_000, deleteDelayMs: 4_000 });
  await fetch(`${desk.sandbox().simulatorUrl}/control/settings`, { method: "PATCH", body });
}

/** What the source has for sale today; it sends all of it whenever it is asked to. */
async function sendStock(desk: Desk): Promise<void> {
  await haveSettled(desk, ["changed-1"], (itemId) => forSale({ id: `${itemId}-today`, itemId, price: 25_000 }));
  await haveSettled(desk, ["removed-1"], (itemId) => removed({ id: `${itemId}-today`, itemId }));
  await haveSettled(desk, ["added-1"], (itemId) => forSale({ id: `${itemId}-today`, itemId }));
}

const bump = envelope("inventory.item.bump-requested", "changed-1-bump", { dealerCode: "DEMO", itemId: "changed-1" });

/** What the marketplace refuses at once stands in no log of its. */
async function haveRefused(desk: Desk): Promise<void> {
  const fault = { match: { method: "PUT" }, kind: "status", status: 400, body: { price: ["Too low."] } };
  await addFault(desk.sandbox().simulatorUrl, fault);
  await haveSettled(desk, ["changed-1"], (itemId) => forSale({ id: `${itemId}-refused`, itemId, price: 1 }));
}

/** What listeners hear after the restoring, and whether they have heard that very fact, or that number, before. */
function showTold(desk: Desk, before: readonly Delivery[], after: readonly Delivery[]): void {
  desk.beginBlock("told");
  for (const { "detail-type": type, detail } of after) {
    const { id, itemId, sequence } = detail.metadata;
    const heard = before.filter(({ detail: { metadata } }) => metadata.itemId === itemId);
    const fact = heard.find(({ detail: { metadata } }) => metadata.id === id)?.detail.metadata.sequence;
    const number = heard.find(({ detail: { metadata } }) => metadata.sequence === sequence)?.["detail-type"];
    desk.note(
      `${itemId} ${type} sequence ${sequence}: this fact was ${fact ?? "never told"}, this number was ${number ?? "free"}`,
    );
  }
}

/** The request of the lost day, should somebody send it again: no receipt remembers it. */
async function showCharges(desk: Desk): Promise<void> {
  await haveSettled(desk, ["changed-1"], () => bump);
  const charges = await (await fetch(`${desk.sandbox().simulatorUrl}/control/charges`)).json();
  assert.deepEqual(charges, { bump: 2, pole_position: 0 });
  desk.beginBlock("charged");
  desk.note(JSON.stringify(charges));
}

/** Sends an event about each item, and waits for its receipt. */
async function haveSettled(
  desk: Desk,
  itemIds: readonly string[],
  toEvent: (itemId: string) => { id: string },
): Promise<void> {
  for (const itemId of itemIds) {
    const event = toEvent(itemId);
    await desk.send(event);
    await until(async () => {
      const record = await readAd(desk.sandbox().bridgeUrl, { dealerCode: "DEMO", itemId });
      return record?.receipts.some(({ eventId }) => eventId === event.id) && record.ad.outbox.length === 0;
    });
  }
}

/** Each thing for sale is there once, as it was last asked for. */
async function checkMarketplace(desk: Desk): Promise<void> {
  const url = `${desk.sandbox().simulatorUrl}/pro-import-api/v4/ad`;
  const answer = await fetch(url, { headers: { "x-auth-token": "sandbox-token" } });
  const { results } = (await answer.json()) as { results: { state: string; price: { amount: number }[] }[] };
  const live = results.filter(({ state }) => state === "created");
  assert.deepEqual(live.map(({ price }) => price[0]?.amount).sort(), [25_000, 30_000]);
}

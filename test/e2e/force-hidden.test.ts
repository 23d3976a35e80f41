import { afterAll, beforeAll, expect, it } from "vitest";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { upserted } from "./sample-events.ts";
import { type RunningSandbox, run, startSandboxProcess } from "./sandbox-process.ts";
import { followAdEvents } from "./sandbox-views.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandboxProcess({ args: ["--no-stock"], env: { FORCE_HIDDEN: "true" } });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

/** An ad as the marketplace itself has it. */
async function readRow(listingId: string | null) {
  const url = `${sandbox.simulatorUrl}/pro-import-api/v4/ad/${listingId}`;
  const response = await fetch(url, { headers: { "X-Auth-Token": "sandbox-token" } });
  return { status: response.status, row: (await response.json()) as { visible: boolean } };
}

it("in a trial a document that is to be seen is hidden at the marketplace, and told as hidden", async () => {
  const event = upserted({ id: "trial-1", itemId: "moped-trial" });
  const visible = { ...event, data: { ...event.data, ad: { ...Object(event.data).ad, visible: true } } };
  expect((await postInventoryEvents(sandbox.bridgeUrl, JSON.stringify(visible))).status).toBe(202);

  const told = await followAdEvents(sandbox.bridgeUrl, ({ detail }) => detail.metadata.itemId === "moped-trial");
  expect(told).toMatchObject({ "detail-type": "AdUpdated", detail: { data: { created: true, visible: false } } });
  const { status, row } = await readRow(told.detail.metadata.listingId);
  expect(status).toBe(200);
  expect(row.visible).toBe(false);
});

it("a setting that is neither true nor false stops the functions with one sentence", async () => {
  await using stopped = run("sandbox", { args: ["--no-stock"], env: { FORCE_HIDDEN: "yes" } });
  expect((await stopped.exited).code).not.toBe(0);
  expect(stopped.stderr()).toContain("FORCE_HIDDEN");
});

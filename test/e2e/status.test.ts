import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sandboxSecret } from "#local/sandbox/sandbox-constants.ts";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { upserted } from "./sample-events.ts";
import { type RunningSandbox, startSandboxProcess } from "./sandbox-process.ts";
import { until } from "./sandbox-views.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandboxProcess({ args: ["--no-stock"] });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

/** Asks as a source would: the decoded first line is what it signs. */
async function ask(...segments: string[]) {
  const id = randomUUID();
  const now = new Date();
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(sandboxSecret).sign(id, now, `GET /sources/sandbox/${segments.join("/")}`),
  };
  const path = segments.map(encodeURIComponent).join("/");
  const response = await fetch(`${sandbox.bridgeUrl}/sources/sandbox/${path}`, { headers });
  return { status: response.status, body: await response.json() };
}

it("a source follows its event from the 202 to its receipt and the item's state", async () => {
  const item = { dealerCode: "DEMO", itemId: "moped/ö 9" };
  const id = "status/1 å";
  expect((await ask("inventory-events", id)).status).toBe(404);
  const posted = await postInventoryEvents(sandbox.bridgeUrl, JSON.stringify(upserted({ id, ...item })));
  expect(posted.status).toBe(202);
  const receipt = await until(async () => {
    const answer = await ask("inventory-events", id);
    return answer.status === 200 ? answer.body : null;
  });
  expect(receipt).toMatchObject({ id, ...item, outcome: "applied", reason: "published", errors: [] });
  expect(await ask("items", item.dealerCode, item.itemId)).toMatchObject({
    status: 200,
    body: { ...item, state: "published", blocketAdId: expect.any(String), asked: { source: "sandbox", eventId: id } },
  });
});

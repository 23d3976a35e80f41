import { afterAll, beforeAll, expect, it } from "vitest";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { askStatus } from "./ask-status.ts";
import { upserted } from "./sample-events.ts";
import { type RunningSandbox, startSandboxProcess } from "./sandbox-process.ts";
import { until } from "./sandbox-views.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandboxProcess({ args: ["--no-stock"] });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const ask = (...segments: string[]) => askStatus(sandbox.bridgeUrl, segments);

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

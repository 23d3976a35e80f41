import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { AdRecord } from "#local/sandbox/read-ad-record.ts";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { checkReceipts, checkTold } from "./check-told.ts";
import { removed, upserted } from "./sample-events.ts";
import { type RunningSandbox, startSandboxProcess, temporaryDirectory } from "./sandbox-process.ts";
import { readAd, readAdEvents, until } from "./sandbox-views.ts";

/** After the request was sent; the first comes before its answer, the last after its ad event. */
const killAfterMs = [0, 15, 60, 120, 200, 350, 550, 850, 1_300, 2_000];

/** What is asked in each life: a new ad, a changed price, a removal; one of each has not ended when the kill comes. */
function eventsOfLife(life: number) {
  return [
    upserted({ id: `new-${life}`, itemId: `moped-${life}` }),
    ...(life >= 1 ? [upserted({ id: `changed-${life}`, itemId: `moped-${life - 1}`, price: 25_000 + life })] : []),
    ...(life >= 3 ? [removed({ id: `removed-${life}`, itemId: `moped-${life - 3}` })] : []),
  ];
}

/** All that is ever asked for the item that a life brings. */
const eventsOf = (life: number) =>
  killAfterMs.flatMap((_, l) => eventsOfLife(l)).filter(({ data }) => data.itemId === `moped-${life}`);

const isRemoved = (life: number) => life + 3 < killAfterMs.length;
const items = killAfterMs.map((_, life) => ({ dealerCode: "DEMO", itemId: `moped-${life}` }));

async function liveAndBeKilled(env: Record<string, string>, life: number): Promise<void> {
  await using sandbox = await startSandboxProcess({ args: ["--no-stock"], env });
  const body = JSON.stringify([...(life === 1 ? eventsOfLife(0) : []), ...eventsOfLife(life)]);
  const answer = postInventoryEvents(sandbox.bridgeUrl, body);
  if (life === 0) {
    // Killed before the answer: the source never knows, and sends the same again in the next life.
    answer.catch(() => {});
  } else {
    expect((await answer).status).toBe(202);
  }
  await wait(killAfterMs[life]);
  expect(await sandbox.end("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
}

/** The ad's record once each of its inventory events has its receipt and nothing is left to do. */
async function settled(sandbox: RunningSandbox, life: number): Promise<AdRecord> {
  const expected = eventsOf(life);
  return until(async () => {
    const record = await readAd(sandbox.bridgeUrl, items[life] ?? { dealerCode: "", itemId: "" });
    const isDone = record?.ad.submissions.length === 0 && record.ad.outbox.length === 0;
    return isDone && record.receipts.length >= expected.length && record;
  });
}

async function readMarketplace(simulatorUrl: string) {
  const response = await fetch(`${simulatorUrl}/pro-import-api/v4/ad?limit=100`, {
    headers: { "x-auth-token": "sandbox-token" },
  });
  const { results } = (await response.json()) as { results: { source_id: string; state: string }[] };
  return results;
}

describe("a sandbox killed with SIGKILL at ten moments, each time started again on its directory", () => {
  it("finishes what was open, and tells each fact once", async () => {
    await using directory = await temporaryDirectory();
    const env = { SANDBOX_DIR: directory.path };
    for (const life of killAfterMs.keys()) {
      await liveAndBeKilled(env, life);
    }
    await using sandbox = await startSandboxProcess({ args: ["--no-stock"], env });
    const records = await Promise.all(killAfterMs.map((_, life) => settled(sandbox, life)));
    const deliveries = await readAdEvents(sandbox.bridgeUrl);
    const rows = await readMarketplace(sandbox.simulatorUrl);

    for (const [life, record] of records.entries()) {
      const { ad, events } = record;
      const asked = eventsOf(life).map(({ id }) => id);
      const own = deliveries.filter(({ detail }) => detail.metadata.itemId === `moped-${life}`);
      expect([...checkReceipts(record, asked), ...checkTold({ record, deliveries: own })]).toEqual([]);

      // Taken away again before anything was sent for it: then there is nothing to tell.
      const neverSent = isRemoved(life) && ad.listings.every(({ seen }) => !seen);
      expect(events.at(-1)?.type).toBe(neverSent ? undefined : isRemoved(life) ? "AdDeleted" : "AdPublished");
      const ours = rows.filter(({ source_id }) => ad.listings.some(({ id }) => id === source_id));
      expect(ours.filter(({ state }) => state === "created")).toHaveLength(isRemoved(life) ? 0 : 1);
    }
    expect(await sandbox.end("SIGINT")).toEqual({ code: 0, signal: null });
    expect(sandbox.stderr()).toBe("");
  });
});

import { setTimeout as wait } from "node:timers/promises";
import type { AdRecord } from "#local/sandbox/read-ad-record.ts";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { readAd } from "#test/e2e/sandbox-views.ts";
import type { QuirkItem, QuirkStep } from "./quirk-items.ts";

type Sandbox = { bridgeUrl: string; simulatorUrl: string };

const lookEveryMs = 250;

/** The ad's record once it fits; throws what it is still like when the time is up. */
async function waitFor(sandbox: Sandbox, item: QuirkItem, { fits, what, until }: Waiting): Promise<AdRecord> {
  for (;;) {
    const record = await readAd(sandbox.bridgeUrl, item);
    if (record !== null && fits(record)) return record;
    if (Date.now() > until) {
      const told = record?.events.map(({ type, data }) => `${type} ${JSON.stringify(data)}`).join(", ");
      const open = record?.ad.submissions.map((submission) => JSON.stringify(submission)).join(", ");
      throw new Error(`${item.itemId}: ${what} did not come; told ${told || "nothing"}; open ${open || "nothing"}`);
    }
    await wait(lookEveryMs);
  }
}

type Waiting = { fits: (record: AdRecord) => boolean; what: string; until: number };

async function playStep(sandbox: Sandbox, item: QuirkItem, step: QuirkStep, until: number): Promise<void> {
  const { id } = step.event;
  const answer = await postInventoryEvents(sandbox.bridgeUrl, JSON.stringify(step.event));
  if (answer.items[0]?.status !== "queued") throw new Error(`${id} was answered ${JSON.stringify(answer)}`);
  const fits = ({ events }: AdRecord) =>
    events.some(({ type, metadata }) => type === step.expect && metadata.correlationId === id);
  await waitFor(sandbox, item, { fits, what: `${step.expect} for ${id}`, until });
}

/** Plays one item to its end, and gives its record once nothing is open and each of its events has a receipt. */
export async function playItem(sandbox: Sandbox, item: QuirkItem, until: number): Promise<AdRecord> {
  for (const step of item.steps) await playStep(sandbox, item, step, until);
  const fits = ({ ad, receipts }: AdRecord) =>
    ad.submissions.length === 0 && ad.outbox.length === 0 && receipts.length >= item.steps.length;
  return waitFor(sandbox, item, { fits, what: "its end", until });
}

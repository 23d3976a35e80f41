import type { AdRecord } from "#local/sandbox/read-ad-record.ts";
import { checkReceipts, checkTold } from "#test/e2e/check-told.ts";
import { addFault } from "#test/e2e/kills/faults.ts";
import { type Delivery, readAdEvents } from "#test/e2e/sandbox-views.ts";
import { playItem } from "./play-item.ts";
import { type QuirkItem, quirkItems } from "./quirk-items.ts";

/** One quirk at one of its alternatives; null: all at their defaults. */
export type Alternative = { name: string; value: string | number } | null;

/** What came of it; no problems: the bridge holds under it. */
export type Verdict = { alternative: Alternative; items: number; seconds: number; problems: string[] };

type Sandbox = { bridgeUrl: string; simulatorUrl: string };

const limitMs = 45_000;

/** What makes a quirk show that would not by itself. */
const besides: Record<string, Record<string, unknown>> = { throttleReply: { requestsPerSecond: 12 } };

async function control(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<unknown> {
  const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await fetch(`${sandbox.simulatorUrl}/control/${path}`, init);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Both charged calls of one item were made, each once. */
async function checkCharges(sandbox: Sandbox, before: unknown): Promise<string[]> {
  const after = (await control(sandbox, "GET", "charges")) as Record<string, number>;
  return Object.entries(before as Record<string, number>).flatMap(([call, count]) =>
    after[call] === count + 1 ? [] : [`${call} was charged ${(after[call] ?? 0) - count} times, not once`],
  );
}

function checkRecord(item: QuirkItem, record: AdRecord, deliveries: readonly Delivery[]): string[] {
  const own = deliveries.filter(({ detail }) => detail.metadata.itemId === item.itemId);
  const asked = item.steps.map(({ event }) => event.id);
  const violations = [...checkReceipts(record, asked), ...checkTold({ record, deliveries: own })];
  const last = record.events.at(-1)?.type;
  const expected = item.steps.at(-1)?.expect;
  return [
    ...violations.map(({ invariant, message }) => `${item.itemId}: ${invariant}: ${message}`),
    ...(last === expected ? [] : [`${item.itemId}: told last was ${last}, not ${expected}`]),
  ];
}

/** Plays everything under one alternative, in a sandbox that may have played others before, or this one (`turn`). */
export async function playAlternative(sandbox: Sandbox, alternative: Alternative, turn: number): Promise<Verdict> {
  const startedAt = Date.now();
  const named = alternative === null ? "defaults" : `${alternative.name}-${alternative.value}`.replace(/[^\w-]/g, "");
  const tag = `${named}-${turn}`;
  const items = quirkItems(tag);
  if (alternative !== null) {
    const { name, value } = alternative;
    await control(sandbox, "PATCH", "settings", { ...besides[name], quirks: { [name]: value } });
  }
  const charges = await control(sandbox, "GET", "charges");
  // One POST is taken and its answer lost; one is taken by nobody.
  await addFault(sandbox.simulatorUrl, { match: { method: "POST", path: "/v4/moped" }, kind: "drop-after" });
  await addFault(sandbox.simulatorUrl, { match: { method: "POST", path: "/v4/boat" }, kind: "status", status: 503 });
  const played = await Promise.allSettled(items.map((item) => playItem(sandbox, item, startedAt + limitMs)));
  const deliveries = await readAdEvents(sandbox.bridgeUrl);
  const problems = played.flatMap((outcome, place) =>
    outcome.status === "rejected"
      ? [String(outcome.reason instanceof Error ? outcome.reason.message : outcome.reason)]
      : checkRecord(items[place] as QuirkItem, outcome.value, deliveries),
  );
  problems.push(...(await checkCharges(sandbox, charges)));
  return { alternative, items: items.length, seconds: (Date.now() - startedAt) / 1000, problems };
}

/** Brings the simulator back to where it began. */
export async function resetQuirk(sandbox: Sandbox, alternative: Alternative, standard: string | number): Promise<void> {
  if (alternative === null) return;
  const settings = Object.hasOwn(besides, alternative.name) ? { requestsPerSecond: null } : {};
  await control(sandbox, "PATCH", "settings", { ...settings, quirks: { [alternative.name]: standard } });
  await control(sandbox, "DELETE", "faults");
}

import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod/mini";
import { deployRelease, type Target } from "#test/deploy/deploy-release.ts";
import type { Assembly } from "#test/deploy/release.ts";
import { sideBySide } from "#test/deploy/run-program.ts";
import { stageName } from "#test/deploy/stage.ts";
import type { Account } from "#test/deploy/start-account.ts";
import { checkReceipts, checkTold } from "#test/e2e/check-told.ts";
import type { Delivery } from "#test/e2e/sandbox-views.ts";
import { demand } from "./demand.ts";
import type { DeployedBridge } from "./deployed-bridge.ts";
import { waitUntil } from "./wait-until.ts";
import { arrivedItems, openEvents, sendWish, type Work, type WorkInFlight } from "./work-in-flight.ts";

const adsBefore = 12;
const changes = 4;
/** Beyond every update: nothing sent before its end is published before the marketplace's clock is moved. */
const publishDelayMs = 3_600_000;
const endsWithinMs = 120_000;
const everyMs = 200;

type Update = { target: Target; second: Assembly };

/**
 * Updates all stacks to another release, code and settings, while ads are on their way and more come in. Every event of
 * them ends in one receipt and its ad event, and the marketplace gets no write twice.
 */
export async function proveUpdateInFlight(bridge: DeployedBridge, { target, second }: Update): Promise<string[]> {
  const flight: WorkInFlight = { works: new Map(), sentAgain: 0 };
  const { marketplace } = bridge.simulator;
  const before = await readFunctions(bridge.account);
  const requestsBefore = marketplace.requests().length;
  const { publishDelayMs: usualDelayMs } = marketplace.settings();
  marketplace.changeSettings({ publishDelayMs });
  await Promise.all(numbers(0, adsBefore).map((number) => sendWish(bridge, flight, number)));
  await arrive(bridge, flight);
  const { deployed, openAtEnd, openAtStart } = await updateWhileSending(bridge, flight, { target, second });
  marketplace.changeSettings({ publishDelayMs: usualDelayMs });
  await arrive(bridge, flight);
  marketplace.moveClock({ aheadMs: publishDelayMs });
  await waitUntil(() => openEvents(bridge, flight).length === 0, {
    stop: bridge.stop,
    withinMs: endsWithinMs,
    otherwise: () => `never published: ${openEvents(bridge, flight)}`,
  });
  const after = await readFunctions(bridge.account);
  const faults = await findLastingFaults(bridge, flight);
  demand(faults.length === 0, `after the update: ${faults.slice(0, 5).join("\n")}`);
  demand(deployed.apiId === bridge.deployed.apiId, "the update has put another HTTP API in place of the first");
  const replaced = [...before].filter(([name, code]) => after.has(name) && after.get(name) !== code).length;
  demand(before.size === 4 && replaced === 4, `${replaced} of ${before.size} functions run other code in place`);
  const writes = countWrites(bridge, requestsBefore);
  const wishes = [...flight.works.values()].flatMap(({ eventIds }) => eventIds).length;
  demand(
    writes.taken === wishes && writes.other === 0,
    `${wishes} wishes led to ${writes.taken} writes that the marketplace took and ${writes.other} that it did not`,
  );
  return [
    `updated in place in ${deployed.seconds.toFixed(1)} s: other code in ${replaced} functions; ${openAtStart} events on their way when it began, ${openAtEnd} when it ended`,
    `${flight.works.size} ads with ${wishes} wishes in flight: one receipt and one ad event each, ${writes.taken} writes at the marketplace, none twice; ${flight.sentAgain} requests had to be sent again`,
  ];
}

function arrive(bridge: DeployedBridge, flight: WorkInFlight): Promise<void> {
  return waitUntil(() => arrivedItems(bridge, flight) === flight.works.size, {
    stop: bridge.stop,
    withinMs: endsWithinMs,
    otherwise: () => `only ${arrivedItems(bridge, flight)} of ${flight.works.size} ads got to the marketplace`,
  });
}

async function updateWhileSending(bridge: DeployedBridge, flight: WorkInFlight, { target, second }: Update) {
  const openAtStart = openEvents(bridge, flight).length;
  const updated = new AbortController();
  const send = async (stop: AbortSignal) => {
    for (let number = 0; !updated.signal.aborted || number < changes + 2; number += 1) {
      await sendWish({ ...bridge, stop }, flight, number < changes ? number : adsBefore + number);
      await wait(everyMs * 2, undefined, { signal: stop });
    }
  };
  const update = async (stop: AbortSignal) => {
    const deployed = await deployRelease({ ...target, stop }, second);
    updated.abort();
    return deployed;
  };
  const [deployed] = await sideBySide(bridge.stop, (stop) => [update(stop), send(stop)]);
  return { deployed, openAtStart, openAtEnd: openEvents(bridge, flight).length };
}

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, place) => from + place);

const functionsSchema = z.object({
  Functions: z.array(z.object({ FunctionName: z.string(), CodeSha256: z.string() })),
});

/** The digest of the code of each function that is deployed. */
async function readFunctions(account: Account): Promise<Map<string, string>> {
  const { Functions } = functionsSchema.parse(await account.ask("lambda", "list_functions"));
  const ours = Functions.filter(({ FunctionName }) => FunctionName.startsWith(stageName));
  return new Map(ours.map(({ FunctionName, CodeSha256 }) => [FunctionName, CodeSha256]));
}

/** Receipts are written after the ad events they belong to: only what is wrong for a while is wrong. */
async function findLastingFaults(bridge: DeployedBridge, flight: WorkInFlight): Promise<string[]> {
  const endsAt = Date.now() + endsWithinMs;
  for (;;) {
    const faults = await findFaults(bridge, flight);
    if (faults.length === 0 || Date.now() > endsAt) {
      return faults;
    }
    await wait(everyMs, undefined, { signal: bridge.stop });
  }
}

async function findFaults(bridge: DeployedBridge, { works }: WorkInFlight): Promise<string[]> {
  const faults = await Promise.all([...works.values()].map((work) => faultsOf(bridge, work)));
  return faults.flat();
}

async function faultsOf({ readAd, bus }: DeployedBridge, work: Work): Promise<string[]> {
  const record = await readAd(work);
  if (record === null) {
    return [`${work.itemId} is lost`];
  }
  const own = (bus.deliveries() as unknown as readonly Delivery[]).filter(
    ({ detail }) => detail.metadata.itemId === work.itemId,
  );
  // A queue keeps no order: whoever listens goes by the sequence.
  const deliveries = own.toSorted((a, b) => a.detail.metadata.sequence - b.detail.metadata.sequence);
  const told = record.events.map(({ metadata }) => metadata.correlationId);
  return [
    ...[...checkReceipts(record, work.eventIds), ...checkTold({ record, deliveries })].map(
      ({ invariant, message }) => `${work.itemId}: ${invariant}: ${message}`,
    ),
    ...(told.join() === work.eventIds.join() ? [] : [`${work.itemId}: ${work.eventIds} were told as ${told}`]),
  ];
}

function countWrites({ simulator }: DeployedBridge, since: number): { taken: number; other: number } {
  const requests = simulator.marketplace.requests().slice(since);
  const writes = requests.filter(({ method, path }) => method !== "GET" && !path.endsWith("/validate"));
  const taken = writes.filter(({ status }) => status !== null && status < 300).length;
  return { taken, other: writes.length - taken };
}

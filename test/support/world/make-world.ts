import type { PollPorts } from "#functions/poll/poll.ts";
import type { SubmitPorts } from "#functions/submit/submit.ts";
import { createMarketplace } from "#local/simulator/marketplace.ts";
import type { SettingsPatch } from "#local/simulator/settings.ts";
import { blocketMarketplace } from "#shared/blocket/client.ts";
import { tokenDirectory } from "#shared/blocket/token-directory.ts";
import type { Token } from "#shared/contracts/secrets.ts";
import { productionWaits, type Waits } from "#shared/contracts/waits.ts";
import { fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { fakeCanaryBus } from "#test/support/aws/fake-canary-bus.ts";
import { fakeCanaryTable } from "#test/support/aws/fake-canary-table.ts";
import { fakeChainTable } from "#test/support/aws/fake-chain-table.ts";
import { fakeEventBus } from "#test/support/aws/fake-event-bus.ts";
import { fakeLaneTable } from "#test/support/aws/fake-lane-table.ts";
import { fakePollQueue } from "#test/support/aws/fake-poll-queue.ts";
import { fakeSubmitQueue } from "#test/support/aws/fake-submit-queue.ts";
import { fakeValues } from "#test/support/aws/fake-values-table.ts";
import { simulatorHttpCall } from "#test/support/marketplace/simulator-http-call.ts";
import { CrashGate } from "./crash-gate.ts";

const knownTokens: readonly Token[] = [
  { tokenId: "demo-group", token: "sandbox-token", scope: "dealer_group", dealers: ["DEMO", "DEMO2"] },
  { tokenId: "solo", token: "sandbox-solo-token", scope: "dealer_code", dealers: ["SOLO"] },
];
const simulatorTokens = {
  "sandbox-token": { scope: "dealer_group", dealerCodes: ["DEMO", "DEMO2"] },
  "sandbox-solo-token": { scope: "dealer_code", dealerCodes: ["SOLO"] },
} as const;

export type WorldOptions = {
  seed?: number;
  dieAt?: number;
  waits?: Partial<Waits>;
  marketplace?: SettingsPatch;
  forceHidden?: boolean;
};

/** 2026-01-05 08:00 UTC; any time would do. */
const dawn = Date.UTC(2026, 0, 5, 8);

/**
 * The bridge and its surroundings on virtual time: the real steps of the functions and the real simulator core, over
 * in-memory AWS. Everything the functions wait for goes through one crash gate. `tokens` is the secret: what a test changes in
 * it holds from then on.
 */
export function makeWorld(options: WorldOptions = {}) {
  const clock = { now: dawn };
  const now = () => clock.now;
  const gate = new CrashGate(options.dieAt);
  // Every round reads what is young, unless a test is about when it does not.
  const waits = { ...productionWaits, readGapMs: 0.001, ...options.waits };
  const marketplace = createMarketplace({
    clock: now,
    seed: options.seed ?? 1,
    tokens: simulatorTokens,
    ...(options.marketplace && { settings: options.marketplace }),
  });
  const waitUntil = (deadline: number) => {
    clock.now = Math.max(clock.now, deadline);
  };
  const queue = { now, visibilityMs: 6 * 60_000 };
  const table = fakeAdTable();
  const chains = fakeChainTable();
  const lanes = fakeLaneTable();
  const bus = fakeEventBus();
  const submitQueue = fakeSubmitQueue(queue);
  const pollQueue = fakePollQueue(queue);
  const tokens = structuredClone([...knownTokens]);
  const directory = tokenDirectory(async () => tokens);
  const client = blocketMarketplace({
    httpCall: simulatorHttpCall({ marketplace, waitUntil }),
    tokens: directory.findToken,
    now,
    readTimeoutMs: waits.callMs,
  });
  let ids = 0;
  const ports: SubmitPorts & PollPorts = {
    table: gate.guard(table),
    chains: gate.guard(chains),
    lanes: gate.guard(lanes),
    bus: gate.guard(bus),
    submitQueue: gate.guard(submitQueue),
    pollQueue: gate.guard(pollQueue),
    marketplace: gate.guard(client),
    tokens: directory,
    circumstances: { now, newId: () => `attempt-${++ids}`, random: () => 0.5 },
    waits,
    maxReadsPerSecond: 5,
    forceHidden: options.forceHidden ?? false,
    canaryBus: fakeCanaryBus(),
    canaryTable: fakeCanaryTable(),
    ...fakeValues(),
    logCanary: () => {},
    logLane: () => {},
    logCall: () => {},
    logForeign: () => {},
    logRound: () => {},
    logTold: () => {},
    logStanding: () => {},
    logFailure: () => {},
  };
  return { clock, gate, waits, marketplace, table, chains, lanes, bus, submitQueue, pollQueue, tokens, ports };
}

export type World = ReturnType<typeof makeWorld>;

import { createMarketplace, type Marketplace } from "#local/simulator/marketplace.ts";
import type { Ad, Call } from "#shared/ad/ad.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { PollMessage, QueueMessage } from "#shared/contracts/queue-message.ts";
import type { Sources } from "#shared/contracts/secrets.ts";
import { productionWaits, type Waits } from "#shared/contracts/waits.ts";
import type { EventBus } from "#shared/steps/ports.ts";
import { checkSave } from "./check-save.ts";
import { historyBus } from "./event-bus.ts";
import { writeFormerLives } from "./former-lives.ts";
import { dawn, type History, type Outage } from "./history.ts";
import { historyChains } from "./history-chains.ts";
import { historyLanes } from "./history-lanes.ts";
import { type HistoryQueue, makeHistoryQueue } from "./history-queue.ts";
import { type HistoryTable, historyTable } from "./history-table.ts";
import { type LateRoots, makeLateRoots } from "./late-roots.ts";
import type { Luck } from "./luck.ts";
import { chance, spread } from "./random.ts";
import { type Rates, ratesOf } from "./rates.ts";
import { type Invocation, makeScheduler, type Scheduler } from "./scheduler.ts";
import { subjectOf } from "./subject.ts";
import { planTokenChanges } from "./token-changes.ts";
import { makeTokenSecret, simulatorTokens, type TokenSecret } from "./token-secret.ts";
import { formatSpan, makeTrace, type Trace } from "./trace.ts";
import { makeTruth, type Truth } from "./truth.ts";
import { makeViolations, type Violations } from "./violation.ts";

/** A write, or a charged call, as it was made in truth. */
export type MadeWrite = {
  item: string;
  dealerCode: string;
  listingId: string;
  call: Call;
  submission: number;
  attemptId: string;
  eventId: string;
};

/** Everything in which a history takes place. */
export type HistoryWorld = {
  history: History;
  clock: { now: number };
  luck: Luck;
  rates: Rates;
  waits: Waits;
  trace: Trace;
  violations: Violations;
  scheduler: Scheduler;
  marketplace: Marketplace;
  truth: Truth;
  store: HistoryTable;
  chains: ReturnType<typeof historyChains>;
  lanes: ReturnType<typeof historyLanes>;
  bus: EventBus;
  submitQueue: HistoryQueue<QueueMessage>;
  pollQueue: HistoryQueue<PollMessage>;
  secret: TokenSecret;
  /** What listeners got, repeats included, in order. */
  heard: AdEvent[];
  /** Every message ever queued for `submit` by `receive`, repeats included. */
  queued: QueueMessage[];
  /** The write that an invocation is making now. */
  making: Map<Invocation, MadeWrite>;
  /** The dealer for whom an invocation is asking now; none while it reads many. */
  asking: Map<Invocation, string>;
  lateRoots: LateRoots;
  /** Requests that the marketplace gets only later. */
  landings: { at: number; land: () => void }[];
  counts: { writes: number; reads: number; invocations: number; attempts: number; jitters: number };
  /** Every call to the marketplace, whatever became of it; the item only of a write. */
  calls: { at: number; method: string; item: string | null }[];
  /** Nothing goes wrong any more. */
  isCalm(): boolean;
  /** What keeps the marketplace from answering a call for this dealer, or for many (null). */
  outageNow(dealerCode: string | null): Outage["kind"] | null;
};

const secret = "whsec_aGlzdG9yaWVzLWhpc3Rvcmllcy1oaXN0b3JpZXM=";

/** The sources of all histories. `legacy` takes over the listings of an earlier integration. */
export const sources: Sources = {
  dms: { secrets: [secret], dealers: ["DEMO", "DEMO2", "SOLO"], listingIds: "uuid" },
  legacy: { secrets: [secret], dealers: ["SOLO"], listingIds: "item-id" },
};

export const functionTimeoutMs = 60_000;

export function makeHistoryWorld(history: History, luck: Luck, isTraced: boolean): HistoryWorld {
  const clock = { now: dawn };
  const now = () => clock.now;
  const rates = ratesOf[history.storm];
  const trace = makeTrace(clock, { beginning: dawn, isOn: isTraced });
  const violations = makeViolations();
  const isCalm = () => history.storm === "none" || clock.now >= dawn + history.calmAt;
  const marketplace = createMarketplace({
    clock: now,
    seed: history.seed,
    tokens: simulatorTokens,
    settings: history.marketplace,
  });
  const heard: AdEvent[] = [];
  const drawLagMs = (ad: Ad) =>
    isCalm() || rates.indexLagMs === 0
      ? 0
      : (luck.draw(`index ${subjectOf(ad)}`, (random) =>
          chance(random, 0.3) ? spread(random, 50, rates.indexLagMs) : null,
        ) ?? 0);
  const queue = { now, visibilityMs: 6 * 60_000 };
  const waits = { ...productionWaits, ...history.waits };
  const world: HistoryWorld = {
    history,
    clock,
    luck,
    rates,
    waits,
    trace,
    violations,
    scheduler: makeScheduler({ clock, luck, timeoutMs: functionTimeoutMs }),
    marketplace,
    truth: makeTruth(marketplace, now),
    store: historyTable({
      now,
      drawLagMs,
      onSave: (ad, before) => checkSave(world, ad, before),
      onRow: (kind, _key, difference) => {
        if (difference !== null) {
          violations.report(`one ${kind} row, once`, `${difference.old} became ${difference.new}`);
        }
      },
    }),
    chains: historyChains({
      now,
      // A message of a chain that was forgotten may pass for one of its successor, and so run a round early: that is all.
      onClaim: ({ tokenId, round }, inLastMinute) => {
        if (inLastMinute > 60_000 / waits.roundMs + 4) {
          violations.report(
            "one chain per token",
            `${tokenId} runs ${inLastMinute} rounds in a minute, now ${round - 1}`,
          );
        }
      },
    }),
    lanes: historyLanes(),
    bus: historyBus({
      isRefused: (event) =>
        !isCalm() &&
        luck.draw(`bus ${subjectOf(event)}`, (random) => chance(random, rates.refusedEvent) || null) !== null,
      onHeard: (event) => {
        heard.push(event);
        if (isTraced) {
          trace.note("listeners", describeEvent(event));
        }
      },
    }),
    submitQueue: makeHistoryQueue(queue),
    pollQueue: makeHistoryQueue(queue),
    secret: makeTokenSecret(now),
    heard,
    queued: [],
    making: new Map(),
    asking: new Map(),
    lateRoots: makeLateRoots(now),
    landings: [],
    counts: { writes: 0, reads: 0, invocations: 0, attempts: 0, jitters: 0 },
    calls: [],
    isCalm,
    outageNow: (dealerCode) =>
      history.outages.find(
        (outage) =>
          clock.now >= dawn + outage.from &&
          clock.now < dawn + outage.until &&
          (outage.kind !== "forbidden" || outage.dealerCode === dealerCode),
      )?.kind ?? null,
  };
  planTokenChanges(world);
  writeFormerLives(world);
  return world;
}

function describeEvent({ type, metadata, data }: AdEvent): string {
  const { dealerCode, itemId, sequence, correlationId, causationId, listingId } = metadata;
  const late = "late" in data && data.late ? " late" : "";
  const stage = "stage" in data ? ` (${data.stage})` : "";
  return `${type}${stage}${late} ${dealerCode}/${itemId} sequence ${sequence}, for ${correlationId}, by ${causationId?.slice(0, 8) ?? "us"}, listing ${listingId?.slice(0, 8)}`;
}

export { formatSpan };

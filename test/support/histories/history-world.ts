import { createMarketplace, type Marketplace } from "#local/simulator/marketplace.ts";
import type { Ad, Call } from "#shared/ad/ad.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import type { Sources } from "#shared/contracts/secrets.ts";
import { productionWaits, type Waits } from "#shared/contracts/waits.ts";
import { type FakeAdTable, fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { type FakeChainTable, fakeChainTable } from "#test/support/aws/fake-chain-table.ts";
import { type FakeEventBus, fakeEventBus } from "#test/support/aws/fake-event-bus.ts";
import { type FakeLaneTable, fakeLaneTable } from "#test/support/aws/fake-lane-table.ts";
import { type FakePollQueue, fakePollQueue } from "#test/support/aws/fake-poll-queue.ts";
import { type FakeSubmitQueue, fakeSubmitQueue } from "#test/support/aws/fake-submit-queue.ts";
import { frozen, trusted } from "#test/support/aws/keep.ts";
import { checkRounds } from "./check-rounds.ts";
import { checkSave } from "./check-save.ts";
import { writeFormerLives } from "./former-lives.ts";
import { dawn, type History, type Outage } from "./history.ts";
import { type LateRoots, makeLateRoots } from "./late-roots.ts";
import type { Luck } from "./luck.ts";
import { chance, spread } from "./random.ts";
import { type Rates, ratesOf } from "./rates.ts";
import { type Invocation, makeScheduler, type Scheduler } from "./scheduler.ts";
import { planStrangeActs } from "./strange-acts.ts";
import { makeStrangeRequests, type StrangeRequests } from "./strange-requests.ts";
import { subjectOf } from "./subject.ts";
import { planTokenChanges } from "./token-changes.ts";
import { makeTokenSecret, simulatorTokens, type TokenSecret } from "./token-secret.ts";
import { formatSpan, makeTrace, type Trace } from "./trace.ts";
import { makeTruth, type Truth } from "./truth.ts";
import { makeViolations, type Violations } from "./violation.ts";
import type { RoundReads } from "./watch-rounds.ts";

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
  strangeRequests: StrangeRequests;
  table: FakeAdTable;
  chains: FakeChainTable;
  lanes: FakeLaneTable;
  bus: FakeEventBus;
  submitQueue: FakeSubmitQueue;
  pollQueue: FakePollQueue;
  secret: TokenSecret;
  /** Every message ever queued for `submit` by `receive`, repeats included. */
  queued: QueueMessage[];
  /** The write that an invocation is making now. */
  making: Map<Invocation, MadeWrite>;
  /** The dealer for whom an invocation is asking now; none while it reads many. */
  asking: Map<Invocation, string>;
  /** What each invocation of `poll` has read of listings with a stranger's requests. */
  roundReads: Map<Invocation, RoundReads>;
  lateRoots: LateRoots;
  /** Requests that the marketplace gets only later. */
  landings: { at: number; land: () => void }[];
  counts: { writes: number; reads: number; invocations: number; attempts: number; jitters: number; foreign: number };
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
  const lagMs = (ad: Ad) =>
    isCalm() || rates.indexLagMs === 0
      ? 0
      : (luck.draw(`index ${subjectOf(ad)}`, (random) =>
          chance(random, 0.3) ? spread(random, 50, rates.indexLagMs) : null,
        ) ?? 0);
  const queued: QueueMessage[] = [];
  // Freezing takes a tenth of a history's time; one in ten is enough to see that no step changes what it was given.
  const keep = history.seed % 10 === 0 ? frozen : trusted;
  const queue = { keep, now, visibilityMs: 6 * 60_000 };
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
    strangeRequests: makeStrangeRequests(),
    table: fakeAdTable({
      keep,
      now,
      lagMs,
      onSave: (ad, before) => checkSave(world, ad, before),
      onRewrite: (stands, other) =>
        violations.report("a row stands as first written", `${JSON.stringify(stands)} became ${JSON.stringify(other)}`),
    }),
    chains: fakeChainTable({ keep, onSave: checkRounds({ now, waits, violations, mayPause: mayFail(history) }) }),
    lanes: fakeLaneTable({ keep }),
    bus: fakeEventBus({
      keep,
      onPublished: (event) => isTraced && trace.note("listeners", describeEvent(event)),
    }),
    submitQueue: fakeSubmitQueue({
      ...queue,
      onQueued: (message) => message.kind !== "go-on" && queued.push(message),
    }),
    pollQueue: fakePollQueue(queue),
    secret: makeTokenSecret(now),
    queued,
    making: new Map(),
    asking: new Map(),
    roundReads: new Map(),
    lateRoots: makeLateRoots(now),
    landings: [],
    counts: { writes: 0, reads: 0, invocations: 0, attempts: 0, jitters: 0, foreign: 0 },
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
  refuseByLuck(world);
  planTokenChanges(world);
  planStrangeActs(world);
  writeFormerLives(world);
  return world;
}

/** Whether a whole list may fail, or a token be refused. */
function mayFail({ storm, outages, spoiltListings = [] }: History): boolean {
  return storm !== "none" || outages.length > 0 || spoiltListings.some(({ kind }) => kind === "failing-list");
}

/** Until it is calm, the bus and the submit queue don't take everything. */
function refuseByLuck({ bus, submitQueue, isCalm, luck, rates }: HistoryWorld): void {
  const isDrawn = (place: string, rate: number) =>
    !isCalm() && luck.draw(place, (random) => chance(random, rate) || null) !== null;
  bus.refuse((event) => isDrawn(`bus ${subjectOf(event)}`, rates.refusedEvent));
  submitQueue.refuse((message) => isDrawn(`refuse ${subjectOf(message)}`, rates.queue.refuse));
}

function describeEvent({ type, metadata, data }: AdEvent): string {
  const { dealerCode, itemId, sequence, correlationId, causationId, listingId } = metadata;
  const late = "late" in data && data.late ? " late" : "";
  const stage = "stage" in data ? ` (${data.stage})` : "";
  return `${type}${stage}${late} ${dealerCode}/${itemId} sequence ${sequence}, for ${correlationId}, by ${causationId?.slice(0, 8) ?? "us"}, listing ${listingId?.slice(0, 8)}`;
}

export { formatSpan };

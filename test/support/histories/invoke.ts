import { productionSettings } from "#cdk/stages.ts";
import { type PollPorts, poll } from "#functions/poll/poll.ts";
import { UnreadableListingError } from "#functions/poll/unreadable-listing-error.ts";
import { type SubmitPorts, submit } from "#functions/submit/submit.ts";
import type { AdKey } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import type { ChargedCall, WriteCall } from "#shared/ad/marketplace.ts";
import { blocketMarketplace } from "#shared/blocket/client.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { PollMessage, QueueMessage } from "#shared/contracts/queue-message.ts";
import { planDelaySeconds } from "#shared/lambda/plan-delay.ts";
import type {
  AdTable,
  ChainTable,
  EventBus,
  LaneTable,
  Marketplace,
  PollQueue,
  SubmitQueue,
} from "#shared/steps/ports.ts";
import { fakeCanaryBus } from "#test/support/aws/fake-canary-bus.ts";
import { fakeCanaryTable } from "#test/support/aws/fake-canary-table.ts";
import type { FakeQueue, Received } from "#test/support/aws/fake-queue.ts";
import { fakeValues } from "#test/support/aws/fake-values-table.ts";
import { Crash } from "#test/support/world/crash-gate.ts";
import { faultyHttpCall } from "./faulty-http-call.ts";
import { gateCalls } from "./gate-calls.ts";
import { nameOfItem } from "./history.ts";
import type { HistoryWorld } from "./history-world.ts";
import { chance } from "./random.ts";
import type { Invocation } from "./scheduler.ts";
import { subjectOf } from "./subject.ts";
import { noteReads, noteWholeRound } from "./watch-rounds.ts";

/** Delivers one message of the submit queue to an invocation of its own. */
export function invokeSubmit(world: HistoryWorld, received: Received<QueueMessage>): void {
  invoke(world, { name: "submit", queue: world.submitQueue, received }, (ports, invocation) =>
    submit(ports, received.message, { remainingMs: () => invocation.endsAt - world.clock.now }),
  );
}

/** Delivers one message of the poll queue to an invocation of its own. */
export function invokePoll(world: HistoryWorld, received: Received<PollMessage>): void {
  invoke(world, { name: "poll", queue: world.pollQueue, received }, (ports, invocation) =>
    poll(ports, received.message).then(() => noteWholeRound(world, invocation)),
  );
}

type FunctionName = "submit" | "poll";

type Delivery = {
  name: FunctionName;
  queue: Pick<FakeQueue<never>, "delete" | "postpone" | "repeat">;
  received: Received<unknown>;
};

function invoke(
  world: HistoryWorld,
  { name, queue, received }: Delivery,
  step: (ports: Ports, invocation: Invocation) => Promise<void>,
): void {
  world.counts.invocations += 1;
  const { luck, rates } = world;
  if (received.receiveCount > productionSettings[name].maxReceiveCount) {
    world.violations.report("no message becomes a dead letter", JSON.stringify(received.message));
  }
  if (
    !world.isCalm() &&
    luck.draw(`repeat ${subjectOf(received.message)}`, (random) => chance(random, rates.queue.repeat) || null) !== null
  ) {
    queue.repeat(received.messageId);
  }
  const fullName = `${name}-${world.counts.invocations}`;
  world.scheduler.start(
    fullName,
    (invocation) => step(portsOf(world, invocation, name), invocation),
    (error) => settle(world, { queue, received }, { name: fullName, error }),
  );
}

/** As the handlers settle a message by what its step threw. */
function settle(
  world: HistoryWorld,
  { queue, received }: Pick<Delivery, "queue" | "received">,
  { name, error }: { name: string; error: unknown },
): void {
  if (error === null) {
    queue.delete(received.receiptHandle);
  } else if (error instanceof RetryableError) {
    const backoff = { firstSeconds: 5, mostSeconds: 300 };
    queue.postpone(received.receiptHandle, 1_000 * planDelaySeconds(received.receiveCount, backoff, 0.5));
    world.trace.note(name, `gives up for now: ${error.message}`);
  } else if (error instanceof Crash) {
    world.trace.note(name, "dies");
  } else {
    reportBug(world, error);
  }
}

export function reportBug({ violations }: HistoryWorld, error: unknown): void {
  violations.report(
    "no step fails for a reason of its own",
    error instanceof Error ? String(error.stack) : String(error),
  );
}

type Ports = SubmitPorts & PollPorts;

/** The outside world as one invocation has it. */
function portsOf(world: HistoryWorld, invocation: Invocation, name: FunctionName): Ports {
  const now = () => world.clock.now;
  const gate = <T extends object>(port: T): T => gateCalls(world, invocation, port);
  return {
    table: gate<AdTable>(world.table),
    chains: gate<ChainTable>(world.chains),
    lanes: gate<LaneTable>(world.lanes),
    bus: gate<EventBus>(world.bus),
    submitQueue: gate<SubmitQueue>(world.submitQueue),
    pollQueue: gate(pollQueueOf(world)),
    marketplace: marketplaceOf(world, invocation, name),
    tokens: world.secret[name],
    circumstances: { now, newId: () => `attempt-${++world.counts.attempts}`, random: () => nextJitter(world) },
    waits: world.waits,
    maxReadsPerSecond: 5,
    forceHidden: false,
    canaryBus: fakeCanaryBus(),
    canaryTable: fakeCanaryTable(),
    ...fakeValues(),
    logCanary: () => {},
    logCall: () => {},
    logForeign: ({ foreignRequests }) => {
      world.counts.foreign += foreignRequests;
    },
    logLane: ({ tokenId, dealerCode, outcome, reason }) =>
      world.trace.note("lane", `${tokenId} ${dealerCode ?? "all"} ${outcome}: ${reason}`),
    logRound: ({ foreignRequests }) => {
      world.counts.foreign += foreignRequests;
    },
    logTold: () => {},
    logStanding: () => {},
    logFailure: (error) => {
      if (error instanceof UnreadableListingError) {
        return;
      }
      world.roundReads.delete(invocation);
      if (!(error instanceof Crash || error instanceof RetryableError)) {
        reportBug(world, error);
      }
    },
  };
}

/** Spread evenly, always the same, and no part of the luck: how long a pause is decides nothing. */
function nextJitter({ counts }: HistoryWorld): number {
  counts.jitters += 1;
  return (counts.jitters * 0.618_033_988_75) % 1;
}

/** The real client; who makes which write is noted beside it, and that its intent was stored first. */
function marketplaceOf(world: HistoryWorld, invocation: Invocation, name: FunctionName): Marketplace {
  const client = blocketMarketplace({
    httpCall: faultyHttpCall(world, invocation),
    tokens: world.secret[name].findToken,
    now: () => world.clock.now,
    readTimeoutMs: world.waits.callMs,
  });
  const asking = async <T>({ dealerCode }: { dealerCode: string }, ask: () => Promise<T>): Promise<T> => {
    world.asking.set(invocation, dealerCode);
    return ask().finally(() => {
      world.asking.delete(invocation);
      world.making.delete(invocation);
    });
  };
  return {
    write(call) {
      world.counts.writes += 1;
      noteMaking(world, invocation, call);
      return asking(call, () => client.write(call));
    },
    charge(call) {
      noteMaking(world, invocation, call);
      return asking(call, () => client.charge(call));
    },
    validate: (call) => asking(call, () => client.validate(call)),
    read: (call) => asking(call, () => client.read(call)),
    showsOthers: (call) => asking(call, () => client.showsOthers(call)),
    async readMany(calls) {
      world.counts.reads += 1;
      const at = world.clock.now;
      const replies = await client.readMany(calls);
      noteReads(world, invocation, { calls, replies, at });
      return replies;
    },
  };
}

function noteMaking(world: HistoryWorld, invocation: Invocation, call: WriteCall | ChargedCall): void {
  const { dealerCode, listingId, attemptId } = call;
  const holders = world.table
    .ads()
    .flatMap((ad) =>
      ad.submissions
        .filter(({ phase }) => phase.kind === "calling" && phase.attemptId === attemptId)
        .map((submission) => ({ key: ad.key, submission })),
    );
  const [holder] = holders;
  if (holder === undefined || "source" in holder.key) {
    world.violations.report("no call without its intent", `${call.call} of ${listingId} by ${attemptId}`);
    return;
  }
  const { number: submission, event } = holder.submission;
  const item = nameOfItem(holder.key);
  world.making.set(invocation, {
    item,
    dealerCode,
    listingId,
    call: call.call,
    submission,
    attemptId,
    eventId: event.id,
  });
}

/** Says of some messages that they are queued, and loses them. */
function pollQueueOf(world: HistoryWorld): PollQueue {
  const { pollQueue, luck, rates } = world;
  return {
    send(message, delayMs) {
      const isLost =
        !world.isCalm() &&
        luck.draw(`lose ${subjectOf(message)}`, (random) => chance(random, rates.queue.lose) || null) !== null;
      if (!isLost) {
        return pollQueue.send(message, delayMs);
      }
      world.trace.note("poll queue", `loses ${JSON.stringify(message)}`);
      return Promise.resolve();
    },
  };
}

/** How messages and checks name an ad. */
export function nameOfKey(key: AdKey): string {
  return "source" in key ? formatAdKey(key) : nameOfItem(key);
}

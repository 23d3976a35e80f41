import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterEach, describe, expect, it } from "vitest";
import { localClient } from "#local/emulators/local-client.ts";
import { type AwsStub, type AwsStubOptions, startAwsStub } from "#local/emulators/start-aws-stub.ts";
import type { Ad, OutboxRow } from "#shared/ad/ad.ts";
import { eventBridgeBus } from "#shared/aws/event-bridge-bus.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import { productionWaits } from "#shared/contracts/waits.ts";
import { emptyOutbox } from "#shared/steps/empty-outbox.ts";
import type { EventBus } from "#shared/steps/ports.ts";
import { fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { fakeEventBus } from "#test/support/aws/fake-event-bus.ts";
import { countCalls, loseAnswers } from "#test/support/aws/lose-answers.ts";
import { sampleAd, sampleEvent, sampleReceipt, volvo } from "#test/support/aws/sample-ads.ts";
import { CrashGate } from "#test/support/world/crash-gate.ts";
import { dieAtEachStep } from "#test/support/world/die-at-each-step.ts";

/** What may go wrong with the bus, for as long as it is set. */
type Fault = { refusedId?: string; isThrottled?: boolean; losesAnswer?: boolean };
type Subject = { bus: EventBus; told(): AdEvent[]; set(fault: Fault): void };

const started: AwsStub[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((stub) => stub.close()));
});

async function startBus(options: AwsStubOptions) {
  const stub = await startAwsStub(options);
  started.push(stub);
  const client = new EventBridgeClient({ ...localClient(stub.endpoint), maxAttempts: 1 });
  const told = () => stub.deliveries().map((one) => ({ type: one["detail-type"], ...one.detail }) as AdEvent);
  return { client, told, bus: eventBridgeBus({ client, busName: "ad-events", source: "blocket-bridge" }) };
}

async function onEventBridge(): Promise<Subject> {
  let fault: Fault = {};
  const { client, bus, told } = await startBus({
    refuses: ({ Detail = "{}" }) => JSON.parse(Detail).metadata.id === fault.refusedId,
    failsCall: () => (fault.isThrottled ? "ThrottlingException" : null),
  });
  const set = (next: Fault) => {
    fault = next;
    loseAnswers(client, { times: next.losesAnswer ? 1 : 0 });
  };
  return { bus, told, set };
}

async function inMemory(): Promise<Subject> {
  const fake = fakeEventBus();
  let fault: Fault = {};
  const publish: EventBus["publish"] = async (events) => {
    if (fault.isThrottled) {
      throw new RetryableError("throttled");
    }
    const left = await fake.publish(events);
    if (fault.losesAnswer) {
      throw new RetryableError("the answer was lost");
    }
    return left;
  };
  const set = (next: Fault) => {
    fault = next;
    fake.refuse(({ metadata }) => metadata.id === next.refusedId);
  };
  return { bus: { publish }, told: fake.published, set };
}

const eventRow = (sequence: number, message = "refused"): OutboxRow => ({
  kind: "ad-event",
  event: sampleEvent({ sequence, message }),
});
const receiptRow = (eventId: string): OutboxRow => ({ kind: "receipt", receipt: sampleReceipt({ eventId }) });
const rows = [eventRow(1), receiptRow("1"), eventRow(2), eventRow(3), receiptRow("2")];
const circumstances = { now: () => 1_000, newId: () => "id", random: () => 0.5 };

/** An ad with these rows, and the step that tells them, as whoever finds them takes it: from the stored record. */
async function withOutbox(bus: EventBus, outbox: OutboxRow[] = rows, gate = new CrashGate()) {
  const table = fakeAdTable();
  await table.save(sampleAd(volvo, { outbox }), 0);
  const ports = {
    table: gate.guard(table),
    bus: gate.guard(bus),
    circumstances,
    waits: productionWaits,
    logTold: () => {},
  };
  const empty = async () => emptyOutbox(ports, (await table.load(volvo)) as Ad);
  const left = async () => (await table.load(volvo))?.outbox;
  return { table, empty, left };
}

const sequences = (events: readonly AdEvent[]) => events.map(({ metadata }) => metadata.sequence);

describe.each([
  ["in memory", inMemory],
  ["on EventBridge", onEventBridge],
])("an outbox told to a bus %s", (_, open) => {
  it("keeps what a partial failure left and all behind it; told again it is in order, each event the same", async () => {
    const { bus, told, set } = await open();
    const { table, empty, left } = await withOutbox(bus);
    set({ refusedId: "fact-volvo-1-2" });
    await empty();
    expect(await left()).toEqual(rows.slice(2));
    expect(sequences(told())).toEqual([1, 3]);
    set({});
    await empty();
    expect(await left()).toEqual([]);
    expect(sequences(told())).toEqual([1, 3, 2, 3]);
    expect(told()[3]).toEqual(told()[1]);
    expect(table.history(volvo)).toEqual([1, 2, 3].map((sequence) => sampleEvent({ sequence })));
  });

  it("keeps everything when it is throttled, and tells it once it isn't", async () => {
    const { bus, told, set } = await open();
    const { table, empty, left } = await withOutbox(bus);
    set({ isThrottled: true });
    await expect(empty()).rejects.toThrow(RetryableError);
    expect([await left(), told()]).toEqual([rows, []]);
    expect(table.dueAt(volvo)).not.toBeNull();
    set({});
    await empty();
    expect(sequences(told())).toEqual([1, 2, 3]);
    expect(await left()).toEqual([]);
  });

  it("tells the same again after an error that came when the events were taken", async () => {
    const { bus, told, set } = await open();
    const { table, empty, left } = await withOutbox(bus);
    set({ losesAnswer: true });
    await expect(empty()).rejects.toThrow(RetryableError);
    expect(await left()).toEqual(rows);
    set({});
    await empty();
    expect(sequences(told())).toEqual([1, 2, 3, 1, 2, 3]);
    expect(told().slice(3)).toEqual(told().slice(0, 3));
    expect(table.receipts(volvo)).toHaveLength(2);
    expect(await left()).toEqual([]);
  });

  it("loses nothing and changes nothing when the process dies between any two steps", async () => {
    const make = async (gate: CrashGate) => {
      const { bus, told } = await open();
      return { told, ...(await withOutbox(bus, rows, gate)) };
    };
    const steps = await dieAtEachStep(make, {
      act: ({ empty }) => empty(),
      check: async ({ told, table, left }, where) => {
        expect(await left()).toEqual([]);
        expect(
          [
            [1, 2, 3],
            [1, 2, 3, 1, 2, 3],
          ],
          where,
        ).toContainEqual(sequences(told()));
        expect(table.history(volvo)).toEqual(told().slice(-3));
        expect(table.receipts(volvo)).toHaveLength(2);
      },
    });
    expect(steps).toBeGreaterThan(10);
  });

  it("told by two at once says nothing else than told by one", async () => {
    const { bus, told } = await open();
    const { table, empty, left } = await withOutbox(bus);
    await Promise.all([empty(), empty()]);
    expect(new Set(told().map((event) => JSON.stringify(event))).size).toBe(3);
    expect(table.history(volvo)).toHaveLength(3);
    expect(await left()).toEqual([]);
  });
});

describe("an outbox told to EventBridge in a call refused for its size", () => {
  it("is told entry by entry, in order, and cleared", async () => {
    const { client, bus, told } = await startBus({ mostBytes: 2_000 });
    const calls = countCalls(client);
    const large = [1, 2, 3].map((sequence) => eventRow(sequence, "x".repeat(900)));
    const { empty, left } = await withOutbox(bus, large);
    await empty();
    expect(calls()).toBe(4);
    expect(sequences(told())).toEqual([1, 2, 3]);
    expect(await left()).toEqual([]);
  });

  it("keeps the one that is too large by itself and what is behind it", async () => {
    const { bus } = await startBus({ mostBytes: 2_000 });
    const outbox = [eventRow(1), eventRow(2, "x".repeat(5_000)), eventRow(3)];
    const { empty, left } = await withOutbox(bus, outbox);
    await empty();
    expect(await left()).toEqual(outbox.slice(1));
  });
});

import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterEach, describe, expect, it } from "vitest";
import { localClient } from "#local/emulators/local-client.ts";
import { type AwsStub, type AwsStubOptions, startAwsStub } from "#local/emulators/start-aws-stub.ts";
import { eventBridgeBus } from "#shared/aws/event-bridge-bus.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { EventBus } from "#shared/steps/ports.ts";
import { fakeEventBus } from "#test/support/aws/fake-event-bus.ts";
import { copied, frozen, type Keep } from "#test/support/aws/keep.ts";
import { countCalls, loseAnswers } from "#test/support/aws/lose-answers.ts";
import { sampleEvent } from "#test/support/aws/sample-ads.ts";

/** A bus that doesn't take the facts with these ids, and what arrives behind it. */
type Subject = { bus: EventBus; published(): string[] };
type Open = (refusedIds: string[]) => Promise<Subject>;

const started: AwsStub[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((stub) => stub.close()));
});

async function startBus(options: AwsStubOptions) {
  const stub = await startAwsStub(options);
  started.push(stub);
  const client = new EventBridgeClient({ ...localClient(stub.endpoint), maxAttempts: 2 });
  const bus = eventBridgeBus({ client, busName: "ad-events", source: "blocket-bridge" }) satisfies EventBus;
  return { stub, client, bus };
}

const idOf = (detail: unknown) => (detail as { metadata: { id: string } }).metadata.id;

const onEventBridge: Open = async (refusedIds) => {
  const refuses = ({ Detail = "{}" }) => refusedIds.includes(idOf(JSON.parse(Detail)));
  const { stub, bus } = await startBus({ refuses });
  return { bus, published: () => stub.deliveries().map(({ detail }) => idOf(detail)) };
};

const inMemory =
  (keep: Keep): Open =>
  async (refusedIds) => {
    const bus = fakeEventBus({ keep });
    bus.refuse(({ metadata }) => refusedIds.includes(metadata.id));
    return { bus, published: () => bus.published().map(({ metadata }) => metadata.id) };
  };

const ids = (events: readonly AdEvent[]) => events.map(({ metadata }) => metadata.id);

describe.each([
  ["fakeEventBus", inMemory(copied)],
  ["fakeEventBus that freezes", inMemory(frozen)],
  ["eventBridgeBus", onEventBridge],
])("%s", (_, open) => {
  it("publishes any number in order", async () => {
    const events = Array.from({ length: 23 }, (_, index) => sampleEvent({ sequence: index + 1 }));
    const { bus, published } = await open([]);
    expect(await bus.publish(events)).toEqual([]);
    expect(published()).toEqual(ids(events));
  });

  it("takes an empty list for nothing to do", async () => {
    const { bus, published } = await open([]);
    expect(await bus.publish([])).toEqual([]);
    expect(published()).toEqual([]);
  });

  it("gives back a refused event and all behind it of the same ad, in order", async () => {
    const volvo = [1, 2, 3].map((sequence) => sampleEvent({ itemId: "volvo-1", sequence }));
    const saab = [1, 2].map((sequence) => sampleEvent({ itemId: "saab-1", sequence }));
    const events = [volvo[0], volvo[1], saab[0], volvo[2], saab[1]] as AdEvent[];
    const { bus, published } = await open(["fact-volvo-1-2"]);
    expect(ids(await bus.publish(events))).toEqual(["fact-volvo-1-2", "fact-volvo-1-3"]);
    expect(published()).toEqual(["fact-volvo-1-1", "fact-saab-1-1", "fact-volvo-1-3", "fact-saab-1-2"]);
  });

  it("gives back what lies behind a refused event across calls of ten", async () => {
    const events = Array.from({ length: 12 }, (_, index) => sampleEvent({ sequence: index + 1 }));
    const { bus } = await open(["fact-volvo-1-9"]);
    expect(ids(await bus.publish(events))).toEqual([9, 10, 11, 12].map((sequence) => `fact-volvo-1-${sequence}`));
  });
});

describe("eventBridgeBus on EventBridge", () => {
  it("arrives as EventBridge delivers it", async () => {
    const { stub, bus } = await startBus({});
    const { type, metadata, data } = sampleEvent({ message: "går inte 🚗" });
    await bus.publish([sampleEvent({ message: "går inte 🚗" })]);
    expect(stub.deliveries()).toEqual([
      {
        version: "0",
        id: expect.any(String),
        "detail-type": type,
        source: "blocket-bridge",
        account: "000000000000",
        time: "2026-11-21T08:00:00Z",
        region: "eu-north-1",
        resources: [],
        detail: { metadata, data },
      },
    ]);
  });

  it("repeats a call refused for its size entry by entry", async () => {
    const { stub, client, bus } = await startBus({ mostBytes: 2_000 });
    const calls = countCalls(client);
    const events = [10, 5_000, 10].map((length, index) =>
      sampleEvent({ itemId: `car-${index}`, message: "x".repeat(length) }),
    );
    expect(ids(await bus.publish(events))).toEqual(["fact-car-1-1"]);
    expect(stub.deliveries().map(({ detail }) => idOf(detail))).toEqual(["fact-car-0-1", "fact-car-2-1"]);
    expect(calls()).toBe(4);
  });

  it("makes calls that stay under the limit of their size", async () => {
    const { client, bus } = await startBus({ mostBytes: 256 * 1024 });
    const calls = countCalls(client);
    const events = [1, 2, 3, 4].map((sequence) => sampleEvent({ sequence, message: "ö".repeat(60_000) }));
    expect(await bus.publish(events)).toEqual([]);
    expect(calls()).toBe(2);
  });

  it("throws a RetryableError when the bus answers with an error", async () => {
    const { client, bus } = await startBus({});
    loseAnswers(client, { times: 2 });
    await expect(bus.publish([sampleEvent()])).rejects.toThrow(RetryableError);
  });
});

describe("the bus of the sandbox", () => {
  it("refuses whoever puts events, swallows them, and works again", async () => {
    const { stub, bus } = await startBus({});
    const heard = () => stub.deliveries().map(({ detail }) => idOf(detail));
    stub.setBusMood("refuses");
    await expect(bus.publish([sampleEvent({ sequence: 1 })])).rejects.toThrow(/AccessDeniedException/);
    stub.setBusMood("swallows");
    expect(await bus.publish([sampleEvent({ sequence: 2 })])).toEqual([]);
    expect(heard()).toEqual([]);
    stub.setBusMood("works");
    await bus.publish([sampleEvent({ sequence: 3 })]);
    expect(heard()).toEqual([sampleEvent({ sequence: 3 }).metadata.id]);
  });
});

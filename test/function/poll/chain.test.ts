import { describe, expect, it } from "vitest";
import { poll } from "#functions/poll/poll.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import { runFor } from "#test/support/world/run-world.ts";
import {
  chainOf,
  makePollWorld,
  minute,
  runNextRound,
  second,
  submitCar,
  tick,
  tokenId,
  typesTold,
} from "./poll-world.ts";

const round = (number: number) => ({ version: 1, kind: "round", tokenId, round: number }) as const;

describe("a round", () => {
  it("claims its number, does its work, and sends the next one a round's pause later", async () => {
    const world = makePollWorld();
    await submitCar(world, "car");
    expect(world.pollQueue.messages()).toEqual([round(1)]);
    expect(world.pollQueue.nextVisibleAt()).toBe(world.clock.now + 5 * second);
    world.clock.now += 5 * second;
    const [received] = world.pollQueue.receive();
    world.clock.now += 2 * second;
    await poll(world.ports, round(1));
    world.pollQueue.delete(received?.receiptHandle ?? "");
    expect(chainOf(world)).toMatchObject({ round: 2, nextAt: world.clock.now + 5 * second, emptySince: null });
    expect(world.pollQueue.messages()).toEqual([round(2)]);
    expect(world.pollQueue.nextVisibleAt()).toBe(world.clock.now + 5 * second);
    expect(typesTold(world)).toEqual(["AdPublished"]);
  });

  it("that comes twice loses the second time: no read, no message", async () => {
    const world = makePollWorld();
    await submitCar(world, "car");
    await poll(world.ports, round(1));
    const before = [world.reads.length, world.pollQueue.messages().length];
    await poll(world.ports, round(1));
    expect([world.reads.length, world.pollQueue.messages().length]).toEqual(before);
  });

  it("that runs beside its own repeat lets one of them win", async () => {
    const world = makePollWorld();
    await submitCar(world, "car");
    await Promise.all([poll(world.ports, round(1)), poll(world.ports, round(1))]);
    expect(world.reads).toHaveLength(1);
    expect(world.pollQueue.messages().filter(({ kind }) => kind === "round")).toEqual([round(1), round(2)]);
  });

  it("of a chain that is no more does nothing", async () => {
    const world = makePollWorld();
    await poll(world.ports, round(7));
    expect([world.chains.chains(), world.pollQueue.messages()]).toEqual([[], []]);
  });
});

describe("a chain with nothing to do", () => {
  it("sleeps, looks once more after a round's pause, and is forgotten after five minutes", async () => {
    const world = makePollWorld();
    await submitCar(world, "car");
    await runFor(world, 5 * second);
    expect(typesTold(world)).toEqual(["AdPublished"]);
    expect(chainOf(world)).toMatchObject({ asleep: false, round: 2 });
    await runFor(world, 5 * second);
    const emptySince = world.clock.now;
    expect(chainOf(world)).toMatchObject({ asleep: true, emptySince, nextAt: emptySince + 5 * second, round: 3 });
    await runFor(world, 5 * second);
    expect(chainOf(world)).toMatchObject({ asleep: true, emptySince, nextAt: emptySince + 5 * minute, round: 4 });
    await runFor(world, 4 * minute);
    expect(chainOf(world)).toMatchObject({ round: 4 });
    await runFor(world, 1 * minute);
    expect(world.chains.chains()).toEqual([]);
    expect(world.pollQueue.messages()).toEqual([]);
  });

  it("sees within a round's pause what a delivery stored that found it still awake", async () => {
    const world = makePollWorld();
    await submitCar(world, "car");
    await runFor(world, 5 * second);
    const { findDue } = world.table;
    world.ports.table = {
      ...world.table,
      // The last query of the round that falls asleep: the delivery asserts the chain before its save, and saves after this.
      findDue: async (query) => {
        const found = await findDue(query);
        if (query.now === Number.MAX_SAFE_INTEGER) {
          world.ports.table = { ...world.table, findDue };
          await submitCar(world, "another");
        }
        return found;
      },
    };
    await runFor(world, 5 * second);
    expect(chainOf(world)).toMatchObject({ asleep: true, nextAt: world.clock.now + 5 * second });
    await runFor(world, 5 * second);
    expect(typesTold(world)).toEqual(["AdPublished", "AdPublished"]);
  });

  it("is woken by the next delivery, under a new number, so that an old message loses", async () => {
    const world = makePollWorld();
    await submitCar(world, "car");
    await runFor(world, 2 * minute);
    const { round: asleepAt } = chainOf(world);
    await submitCar(world, "another");
    expect(chainOf(world)).toMatchObject({ round: asleepAt + 1, asleep: false, emptySince: null });
    expect(chainOf(world).nextAt).toBe(world.clock.now + 5 * second);
    expect(world.pollQueue.messages()).toEqual([round(asleepAt), round(asleepAt + 1)]);
    const reads = world.reads.length;
    await poll(world.ports, round(asleepAt));
    expect(world.reads).toHaveLength(reads);
  });

  it("begins again when it was forgotten", async () => {
    const world = makePollWorld();
    await submitCar(world, "car");
    await runFor(world, 10 * minute);
    await submitCar(world, "another");
    await runFor(world, 10 * second);
    expect(typesTold(world)).toEqual(["AdPublished", "AdPublished"]);
  });

  it("sleeps until the next ad is due where one is", async () => {
    const world = makePollWorld();
    world.marketplace.addFault({ match: { method: "POST" }, kind: "status", status: 429, retryAfter: 600 });
    const dueAt = world.clock.now + 600 * second;
    await submitCar(world, "car");
    await runFor(world, 6 * minute);
    expect(chainOf(world)).toMatchObject({ asleep: true, nextAt: dueAt });
    const rounds = chainOf(world).round;
    await runFor(world, 3 * minute);
    expect(chainOf(world).round).toBe(rounds);
    await runFor(world, 2 * minute);
    expect(typesTold(world)).toEqual(["AdPublished"]);
  });
});

describe("a chain whose next ad is due in 25 minutes", () => {
  it("is not forgotten by the rounds that run meanwhile: no message can be delayed so long", async () => {
    const world = makePollWorld();
    world.marketplace.addFault({ match: { method: "POST" }, kind: "status", status: 429, retryAfter: 1_500 });
    await submitCar(world, "car");
    await runFor(world, 24 * minute);
    expect(chainOf(world)).toMatchObject({ asleep: true });
    await runFor(world, 2 * minute);
    expect(typesTold(world)).toEqual(["AdPublished"]);
  });
});

describe("a chain that was lost", () => {
  /** Its message is gone and nothing else will send one. */
  const lost = async () => {
    const world = makePollWorld();
    await submitCar(world, "car");
    world.clock.now += 5 * second;
    for (const { receiptHandle } of world.pollQueue.receive()) {
      world.pollQueue.delete(receiptHandle);
    }
    return world;
  };

  it("is taken up by the tick once it is a minute late, not before", async () => {
    const world = await lost();
    world.clock.now = chainOf(world).nextAt + minute - 1;
    await tick(world);
    expect(world.pollQueue.messages()).toEqual([]);
    world.clock.now += 1;
    await tick(world);
    expect(world.pollQueue.messages()).toEqual([round(1)]);
  });

  it("by a round that threw is taken up too, and nothing is told twice", async () => {
    const world = await lost();
    const { findDue } = world.table;
    world.ports.table = { ...world.table, findDue: () => Promise.reject(new RetryableError("throttled")) };
    await expect(runNextRound(world)).rejects.toThrow("throttled");
    world.ports.table = { ...world.table, findDue };
    await runFor(world, 3 * minute);
    expect(typesTold(world)).toEqual(["AdPublished"]);
  });

  it("is not multiplied by ticks that come while it is only slow", async () => {
    const world = makePollWorld();
    await submitCar(world, "car");
    world.clock.now += 2 * minute;
    await tick(world);
    await tick(world);
    expect(world.pollQueue.messages()).toEqual([round(1), round(1), round(1)]);
    for (const { message, receiptHandle } of world.pollQueue.receive()) {
      await poll(world.ports, message);
      world.pollQueue.delete(receiptHandle);
    }
    expect(world.pollQueue.messages()).toEqual([round(2)]);
  });
});

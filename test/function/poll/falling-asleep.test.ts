import { describe, expect, it } from "vitest";
import { poll } from "#functions/poll/poll.ts";
import type { Chain } from "#shared/steps/ports.ts";
import { fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { everyOrder, type Order, type Turns } from "#test/support/world/every-order.ts";
import { makeWorld } from "#test/support/world/make-world.ts";
import { runFor } from "#test/support/world/run-world.ts";
import { minute, second, submitCar, tokenId } from "./poll-world.ts";

/** `ago`: since when rounds were empty. `lagMs`: of the index. `stepMs`: what each step of the round takes. */
type Meeting = { row: { asleep: boolean; ago: number | null; lateMs?: number }; lagMs: number; stepMs: number };

/**
 * One delivery beside one round, a step at a time, then whatever comes of it. `gapMs`: from the look at the chain until the index
 * shows the ad; `foundAfterMs`: until a round finds it, from when it could and both had ended.
 */
async function meet({ row, lagMs, stepMs }: Meeting, order: Order, mortal?: string) {
  const world = makeWorld();
  const { clock } = world;
  const table = fakeAdTable({ now: () => clock.now, lagMs: () => lagMs });
  const seen = { assertedAt: 0, visibleAt: 0, foundAt: Number.POSITIVE_INFINITY };
  world.ports.table = {
    ...table,
    findDue: async (query) => {
      const found = await table.findDue(query);
      const isFound = found.keys.length > 0 && query.now === clock.now;
      seen.foundAt = isFound ? Math.min(seen.foundAt, clock.now) : seen.foundAt;
      return found;
    },
  };
  await world.chains.create(rowOf(row, clock.now));
  order.begin("delivery", async (turns) => {
    const ports = portsOf(world, turns, 0);
    const { load } = ports.chains;
    ports.chains.load = async (name) => {
      const chain = await load(name);
      seen.assertedAt = clock.now;
      return chain;
    };
    const { save } = ports.table;
    ports.table.save = async (ad, dueAt) => {
      await turns.turn();
      turns.free();
      seen.visibleAt ||= clock.now + lagMs;
      return save(ad, dueAt);
    };
    await submitCar({ ...world, ports }, "car");
  });
  order.begin("round", (turns) =>
    poll(portsOf(world, turns, stepMs), { version: 1, kind: "round", tokenId, round: 3 }),
  );
  const { hasDied } = await order.run(mortal);
  const from = Math.max(clock.now, seen.visibleAt);
  for (let waited = 0; waited < 20 * minute && !Number.isFinite(seen.foundAt); waited += 5 * second) {
    await runFor(world, 5 * second);
  }
  return { gapMs: seen.visibleAt - seen.assertedAt, foundAfterMs: Math.max(0, seen.foundAt - from), hasDied };
}

function rowOf({ asleep, ago, lateMs = 0 }: Meeting["row"], now: number): Chain {
  const times = { nextAt: now - lateMs, emptySince: ago === null ? null : now - ago };
  const reads = { pace: 1, adsPerRead: 50, after: null, passAt: 0, readsSince: 0, readsPausedUntil: null };
  return { tokenId, round: 3, asleep, ...times, ...reads };
}

/** The world as one process sees it that takes a turn for each step that the other one may see. */
function portsOf({ ports, clock }: ReturnType<typeof makeWorld>, turns: Turns, stepMs: number): typeof ports {
  const step = <P extends unknown[], T>(act: (...given: P) => Promise<T>) => {
    return async (...given: P): Promise<T> => {
      await turns.turn();
      const result = await act(...given);
      clock.now += stepMs;
      return result;
    };
  };
  const { chains, pollQueue, table } = ports;
  const { load, create, save, remove } = chains;
  const steps = { load: step(load), create: step(create), save: step(save), remove: step(remove) };
  return {
    ...ports,
    chains: { findLost: chains.findLost, ...steps },
    pollQueue: { send: step(pollQueue.send) },
    table: { ...table, findDue: step(table.findDue) },
  };
}

const rows: [string, Meeting["row"]][] = [
  ["that falls asleep", { asleep: false, ago: null }],
  ["that looks once more", { asleep: true, ago: 5 * second }],
  ["that is to be forgotten", { asleep: true, ago: 5 * minute }],
  ["that a former version kept awake", { asleep: false, ago: 40 * second }],
  ["that a former version let sleep without a message", { asleep: true, ago: 3 * minute, lateMs: 2 * minute }],
];
const paces: [string, Pick<Meeting, "lagMs" | "stepMs">][] = [
  ["quick", { lagMs: 0, stepMs: 0 }],
  ["slow, behind a slow index", { lagMs: 3.6 * second, stepMs: 1.3 * second }],
];

describe("a delivery beside a round, in every order of their steps,", () => {
  it.each(rows.flatMap(([name, row]) => paces.map(([pace, times]) => ({ name, pace, row, ...times }))))(
    "has its work found within a round's pause, by a chain $name: $pace",
    async (meeting) => {
      for (const order of everyOrder()) {
        const { gapMs, foundAfterMs } = await meet(meeting, order);
        expect(foundAfterMs).toBeLessThanOrEqual(gapMs <= 5 * second ? 6 * second : 5 * minute + 6 * second);
      }
    },
  );

  it("has it found after a tick at the latest where the round dies", async () => {
    let deaths = 0;
    for (const order of everyOrder()) {
      const { foundAfterMs, hasDied } = await meet(
        { row: { asleep: false, ago: null }, lagMs: 0, stepMs: 0 },
        order,
        "round",
      );
      expect(foundAfterMs).toBeLessThanOrEqual(hasDied ? 2 * minute : 6 * second);
      deaths += hasDied ? 1 : 0;
    }
    expect(deaths).toBeGreaterThan(0);
  });
});

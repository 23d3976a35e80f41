import { describe, expect, it } from "vitest";
import { takeReads } from "#functions/poll/take-reads.ts";
import { submit } from "#functions/submit/submit.ts";
import type { Ad } from "#shared/ad/ad.ts";
import type { LogEntry, Row } from "#shared/ad/marketplace.ts";
import { removal } from "#test/support/world/wishes.ts";
import { log } from "#test/unit/ad/ad-life.ts";
import { chainOf, makePollWorld, minute, runNextRound, second, submitCar, typesTold } from "./poll-world.ts";

const key = { dealerCode: "DEMO", itemId: "car" };

/** A car whose write was accepted, and what a read of it shows. */
async function makeOpenAd() {
  const world = makePollWorld({ marketplace: { publishDelayMs: 60 * minute } });
  await submitCar(world, "car");
  const load = async () => (await world.table.load(key)) as Ad;
  const show = async (entries: LogEntry[], blocketAdId: string | null = "1400000001") => {
    const ad = await load();
    const [listing] = ad.listings;
    const row = { ...rowOf(listing?.id ?? ""), log: entries, blocketAdId };
    const reply = { kind: "read", snapshot: { kind: "found", row } } as const;
    await takeReads(world.ports, ad, [{ listingId: listing?.id ?? "", reply }]);
    return (await load()).version - ad.version;
  };
  return { world, load, show };
}

const rowOf = (sourceId: string) =>
  ({ sourceId, dealerCode: "DEMO", state: "draft", plate: "ABC123", fields: {} }) as unknown as Row;

const working = log("r1 create processing");
const created = log("r1 create processing", "r1 create done");

describe("a read of work that goes on", () => {
  it("is not stored: the next one shows as much", async () => {
    const { show } = await makeOpenAd();
    expect(await show(working)).toBe(0);
    expect(await show(created)).toBe(1);
  });

  it("is stored where a publish waits for its pictures, two minutes at most", async () => {
    const { world, show } = await makeOpenAd();
    const entries = log("r1 create done", "r1 publish done", "r1 handle_media processing");
    expect(await show(entries)).toBe(1);
    world.clock.now += 119 * second;
    expect(await show(entries)).toBe(0);
    expect(typesTold(world)).toEqual([]);
    world.clock.now += second;
    await show(entries);
    expect(typesTold(world)).toEqual(["AdPublished"]);
  });

  it("is stored where it ends the rest of a log that was noted before", async () => {
    const { world, load, show } = await makeOpenAd();
    await show(created);
    world.clock.now += 20 * second;
    expect(await show([...created, ...log("r1 publish processing")])).toBe(1);
    expect((await load()).listings[0]?.unchangedSince).toBe(world.clock.now);
  });

  it("is stored where it shows what somebody else does, which is then never taken for ours", async () => {
    const { world, load, show } = await makeOpenAd();
    const strange = [...created, ...log("r1 publish processing", "x delete processing @50")];
    expect(await show(strange)).toBe(1);
    await submit(world.ports, removal(world, { id: "2", itemId: "car" }), { remainingMs: () => minute });
    world.clock.now += 61 * second;
    await submit(world.ports, { version: 1, kind: "go-on", ...key }, { remainingMs: () => minute });
    expect((await load()).submissions.map(({ call }) => call)).toEqual(["post", "delete"]);
    await show([...strange, ...log("x delete done @51")]);
    expect((await load()).listings[0]?.requests.x).toEqual({ owner: "foreign" });
    expect(typesTold(world)).toEqual([]);
  });

  it("is stored where it tells something", async () => {
    const { world, show } = await makeOpenAd();
    await show([...created, ...log("r1 publish done", "r2 update processing")]);
    expect(typesTold(world)).toEqual(["AdPublished"]);
  });
});

describe("a round over many ads", () => {
  it("ends with its time; the next one goes on where it ended, and reads at the same points", async () => {
    const world = makePollWorld({ marketplace: { publishDelayMs: 60 * minute }, waits: { readGapMs: 20 * second } });
    for (let car = 0; car < 120; car += 1) {
      await submitCar(world, `car-${car}`);
    }
    world.clock.now += 5 * second;
    await runNextRound(world);
    world.clock.now += 10 * second;
    const { load } = world.ports.table;
    world.ports.table.load = (...about) => {
      world.clock.now += 60;
      return load(...about);
    };
    const before = world.reads.length;
    await runNextRound(world);
    const first = chainOf(world);
    expect([first.after !== null, world.reads.length - before]).toEqual([true, 2]);
    await runNextRound(world);
    const second_ = chainOf(world);
    expect([second_.after, second_.readsSince]).toEqual([null, first.readsSince]);
    expect(new Set(world.reads.slice(before).flat()).size).toBe(120);
  });

  it("that died is none that was brought to its end: the one after it reads at the points which that one passed", async () => {
    const world = makePollWorld({ marketplace: { publishDelayMs: 60 * minute }, waits: { readGapMs: 20 * second } });
    await submitCar(world, "car");
    world.clock.now += 5 * second;
    await runNextRound(world);
    const { passAt } = chainOf(world);
    const { findDue } = world.ports.table;
    world.ports.table.findDue = () => Promise.reject(new Error("died here"));
    world.clock.now += 10 * second;
    await expect(runNextRound(world)).rejects.toThrow("died here");
    world.ports.table.findDue = findDue;
    world.clock.now = chainOf(world).nextAt + minute;
    await runNextRound(world);
    expect(chainOf(world).readsSince).toBe(passAt);
    world.clock.now += 5 * second;
    await runNextRound(world);
    expect(chainOf(world).readsSince).toBe(world.clock.now - 5 * second);
  });

  it("that fails waits for what it has begun to take in", async () => {
    const world = makePollWorld();
    for (let car = 0; car < 60; car += 1) {
      await submitCar(world, `car-${car}`);
    }
    world.clock.now += minute;
    const { table } = world.ports;
    let pages = 0;
    let saving = 0;
    world.ports.table = {
      ...table,
      findDue: (query) => {
        pages += 1;
        return pages === 1 ? table.findDue(query) : Promise.reject(new Error("the second page cannot be found"));
      },
      save: async (...ad) => {
        saving += 1;
        await new Promise((resolve) => void setImmediate(resolve));
        const saved = await table.save(...ad);
        saving -= 1;
        return saved;
      },
    };
    await expect(runNextRound(world)).rejects.toThrow("the second page");
    expect([pages, saving]).toEqual([2, 0]);
    expect(typesTold(world)).toHaveLength(50);
  });
});

import { describe, expect, it } from "vitest";
import { valuesLog } from "#functions/poll/log-values.ts";
import type { ValuesLog } from "#functions/poll/refresh-values.ts";
import type { ValuesReply } from "#shared/blocket/value-lists.ts";
import { vehicleTypeNames } from "#shared/contracts/vehicle-types.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";
import { fakeValuesTable } from "#test/support/aws/fake-values-table.ts";
import { Crash, CrashGate } from "#test/support/world/crash-gate.ts";
import { makePollWorld, minute, tick } from "./poll-world.ts";

const hour = 60 * minute;
const listed: ValuesReply = {
  kind: "listed",
  attributes: { brand: [{ id: "volvo", name: "Volvo" }] },
  models: {},
  notWhole: ["color"],
};
const failed: ValuesReply = { kind: "failed", reason: "HTTP 503" };

/** A world whose marketplace lists what the test says; `asked` are the vehicle types it was asked for. */
function makeValuesWorld({ dieAt }: { dieAt?: number } = {}) {
  const gate = new CrashGate(dieAt);
  const world = makePollWorld();
  const table = fakeValuesTable();
  const shop = { reply: listed, asked: [] as string[], tokens: [] as string[] };
  const lines: ValuesLog[] = [];
  Object.assign(world.ports, {
    valuesTable: gate.guard(table),
    valueLists: gate.guard({
      list: async ({ vehicleType, tokenId }: { vehicleType: string; tokenId: string }) => {
        shop.asked.push(vehicleType);
        shop.tokens.push(tokenId);
        return shop.reply;
      },
    }),
    logValues: (line: ValuesLog) => void lines.push(line),
  });
  const passMinutes = async (minutes: number) => {
    for (let passed = 0; passed < minutes; passed += 1) {
      await tick(world);
      world.clock.now += minute;
    }
  };
  return { world, gate, table, shop, lines, passMinutes };
}

describe("the line about the marketplace's values", () => {
  const line: ValuesLog = {
    vehicleType: "car",
    outcome: "listed",
    count: 1,
    notWhole: [],
    reason: null,
    durationMs: 5,
  };
  const write = (changes: Partial<ValuesLog>) => {
    const written: unknown[] = [];
    const logger: EventLogger = {
      event: (name, fields) => void written.push({ name, ...fields }),
      warn: (name, error, fields) => void written.push({ name, message: String(error), ...fields }),
      error: () => expect.unreachable(),
    };
    valuesLog(logger)({ ...line, ...changes });
    return written;
  };
  it("names the lists that come in part, up to twenty, as a warning", () => {
    const many = Array.from({ length: 25 }, (_, place) => `models of ${place}`);
    expect(write({ notWhole: many })).toEqual([
      expect.objectContaining({
        name: "values.not-whole",
        notWhole: many.slice(0, 20),
        message: "Error: 25 lists come in part, and nothing is judged by them",
      }),
    ]);
    expect(write({})).toEqual([expect.objectContaining({ name: "values.asked", count: 1 })]);
    expect(write({ outcome: "failed", reason: "HTTP 503" })).toMatchObject([{ name: "values.not-listed" }]);
  });
});

describe("the marketplace's values", () => {
  it("are asked for one vehicle type a tick, ten minutes after the first, and then every six hours", async () => {
    const { table, shop, lines, passMinutes } = makeValuesWorld();
    await passMinutes(10);
    expect(shop.asked).toEqual([]);
    await passMinutes(16);
    expect(shop.asked).toEqual(vehicleTypeNames);
    expect((await table.loadAll()).map(({ vehicleType }) => vehicleType)).toEqual(vehicleTypeNames);
    expect(lines[0]).toEqual({
      vehicleType: "car",
      outcome: "listed",
      count: 1,
      notWhole: ["color"],
      reason: null,
      durationMs: 0,
    });
    await passMinutes(5 * 60);
    expect(shop.asked).toHaveLength(16);
    await passMinutes(75);
    expect(shop.asked).toHaveLength(32);
  });

  it("stay as they were where they can't be had; after three tries the next type has its turn, with other tokens", async () => {
    const { world, table, shop, lines, passMinutes } = makeValuesWorld();
    await passMinutes(30);
    const before = await table.loadAll();
    shop.reply = failed;
    shop.asked = [];
    shop.tokens = [];
    world.clock.now += 6 * hour;
    await passMinutes(40);
    expect(shop.asked.slice(0, 4)).toEqual(["car", "car", "car", "transport"]);
    expect(new Set(shop.tokens).size).toBeGreaterThan(1);
    expect(await table.loadAll()).toEqual(before);
    expect(lines.at(-1)).toMatchObject({ outcome: "failed", reason: "HTTP 503" });
  });

  it("are forgotten for a type that the marketplace has no lists for any more", async () => {
    const { world, table, shop, passMinutes } = makeValuesWorld();
    await passMinutes(30);
    shop.reply = { kind: "unavailable" };
    world.clock.now += 6 * hour;
    await passMinutes(16);
    expect((await table.loadAll()).flatMap(({ attributes }) => Object.keys(attributes))).toEqual([]);
  });

  it("are asked for by one of two ticks at once", async () => {
    const { world, shop, passMinutes } = makeValuesWorld();
    await passMinutes(10);
    await Promise.all([tick(world), tick(world)]);
    expect(shop.asked).toEqual(["car"]);
  });

  it("are had in the end, wherever the process dies", async () => {
    for (let dieAt = 0; ; dieAt += 1) {
      const { gate, table, world, passMinutes } = makeValuesWorld({ dieAt });
      let hasDied = false;
      for (let passed = 0; passed < 60; passed += 1) {
        await passMinutes(1).catch((error) => {
          expect(error).toBeInstanceOf(Crash);
          hasDied = true;
          gate.revive();
          world.clock.now += minute;
        });
      }
      expect(await table.loadAll(), `died at ${dieAt}`).toHaveLength(16);
      if (!hasDied || dieAt > 40) {
        break;
      }
    }
  });
});

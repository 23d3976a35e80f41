import { describe, expect, it } from "vitest";
import { poll } from "#functions/poll/poll.ts";
import type { CanaryLog } from "#functions/poll/watch-bus.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { CanaryTable } from "#shared/steps/ports.ts";
import { fakeCanaryBus } from "#test/support/aws/fake-canary-bus.ts";
import { fakeCanaryTable } from "#test/support/aws/fake-canary-table.ts";
import { Crash, CrashGate } from "#test/support/world/crash-gate.ts";
import { chainOf, makePollWorld, minute, submitCar, tick } from "./poll-world.ts";

const second = 1_000;

/** A bus whose canaries come back when the test says so. */
function makeWatch({ dieAt }: { dieAt?: number } = {}) {
  const gate = new CrashGate(dieAt);
  const world = makePollWorld();
  const bus = fakeCanaryBus();
  const table = fakeCanaryTable();
  const lines: CanaryLog[] = [];
  Object.assign(world.ports, {
    canaryBus: gate.guard(bus),
    canaryTable: gate.guard(table),
    logCanary: (line: CanaryLog) => void lines.push(line),
  });
  const hear = (sentAt: number) => poll(world.ports, { version: 1, kind: "canary", sentAt });
  /** A minute of the schedule: a tick, and a second later the canary comes back, if it does. */
  const passMinute = async ({ comesBack }: { comesBack: boolean }) => {
    await tick(world);
    world.clock.now += second;
    if (comesBack) {
      await hear(bus.sent().at(-1) ?? 0);
    }
    world.clock.now += minute - second;
  };
  const passMinutes = async (minutes: number, way: { comesBack: boolean }) => {
    for (let passed = 0; passed < minutes; passed += 1) {
      await passMinute(way);
    }
  };
  return { ...world, world, gate, canaryBus: bus, canaryTable: table, lines, hear, passMinute, passMinutes };
}

/** Eight minutes, in which the process dies once; the message that it had is lost, which is more than SQS does. */
async function passMinutesAndDie(watch: ReturnType<typeof makeWatch>, way: { comesBack: boolean }): Promise<void> {
  for (let passed = 0; passed < 8; passed += 1) {
    const endsAt = watch.clock.now + minute;
    await watch.passMinute(way).catch(() => watch.gate.revive());
    watch.clock.now = endsAt;
  }
}

const kinds = (lines: CanaryLog[]) => lines.map(({ kind }) => kind);
const comesBack = { comesBack: true };
const staysAway = { comesBack: false };

describe("a canary", () => {
  it("is sent at each tick, and nothing is said while they come back", async () => {
    const watch = makeWatch();
    const startedAt = watch.clock.now;
    await watch.passMinutes(12, comesBack);
    expect(watch.canaryBus.sent()).toEqual(Array.from({ length: 12 }, (_, place) => startedAt + place * minute));
    expect(watch.lines).toEqual([]);
  });

  it("that never comes is missed once the wait is over, at every tick", async () => {
    const watch = makeWatch();
    await watch.passMinutes(6, staysAway);
    expect(watch.lines).toEqual([]);
    await watch.passMinutes(3, staysAway);
    expect(watch.lines).toEqual([6, 7, 8].map((age) => ({ kind: "missing", silentMs: age * minute })));
  });

  it("is missed from the last one that was heard on", async () => {
    const watch = makeWatch();
    await watch.passMinutes(3, comesBack);
    await watch.passMinutes(5, staysAway);
    expect(watch.lines).toEqual([]);
    await watch.passMinute(staysAway);
    expect(watch.lines).toEqual([{ kind: "missing", silentMs: 6 * minute }]);
  });

  it("that is back is told once, and missed again when it stays away anew", async () => {
    const watch = makeWatch();
    await watch.passMinutes(7, staysAway);
    await watch.passMinutes(3, comesBack);
    await watch.hear(watch.canaryBus.sent().at(-1) ?? 0);
    const missing = [6, 7].map((age) => ({ kind: "missing", silentMs: age * minute }));
    expect(watch.lines).toEqual([...missing, { kind: "heard", delayMs: second }]);
    await watch.passMinutes(6, staysAway);
    expect(kinds(watch.lines).slice(2)).toEqual(["heard", "missing"]);
  });

  it("that comes too late does not count as back", async () => {
    const watch = makeWatch();
    await watch.passMinutes(8, staysAway);
    const before = watch.lines.length;
    await watch.hear(watch.canaryBus.sent()[1] ?? 0);
    expect(watch.lines).toHaveLength(before);
    await watch.passMinute(staysAway);
    expect(watch.lines.at(-1)).toEqual({ kind: "missing", silentMs: 7 * minute });
  });

  it("that comes behind a later one changes nothing", async () => {
    const watch = makeWatch();
    await watch.passMinutes(2, comesBack);
    const before = await watch.canaryTable.load();
    await watch.hear(watch.canaryBus.sent()[0] ?? 0);
    expect(await watch.canaryTable.load()).toEqual(before);
  });

  it("of the future can't hide the silence after it", async () => {
    const watch = makeWatch();
    await watch.passMinute(comesBack);
    await watch.hear(Number.MAX_SAFE_INTEGER);
    await watch.passMinutes(7, staysAway);
    expect(kinds(watch.lines)).toEqual(["missing"]);
  });

  it("that nobody here sent is no reason to keep a record", async () => {
    const watch = makeWatch();
    await watch.hear(watch.clock.now);
    expect(await watch.canaryTable.load()).toBeNull();
  });
});

describe("a pause of the schedule", () => {
  it("is not held against the bus", async () => {
    const watch = makeWatch();
    await watch.passMinutes(2, comesBack);
    await watch.passMinute(staysAway);
    watch.clock.now += 60 * minute;
    await watch.passMinutes(5, staysAway);
    expect(watch.lines).toEqual([]);
    await watch.passMinutes(2, staysAway);
    expect(kinds(watch.lines)).toEqual(["missing"]);
  });

  it("ends no silence: that takes a canary", async () => {
    const watch = makeWatch();
    await watch.passMinutes(7, staysAway);
    watch.clock.now += 60 * minute;
    await watch.passMinute(comesBack);
    expect(kinds(watch.lines)).toEqual(["missing", "heard"]);
  });
});

describe("a bus that fails", () => {
  it("stops neither the tick nor the chains it takes up, and is missed in the end", async () => {
    const watch = makeWatch();
    await submitCar(watch.world, "car");
    const error = new RetryableError("could not put a canary on the bus: ThrottlingException");
    watch.world.ports.canaryBus = { put: () => Promise.reject(error) };
    watch.clock.now += 2 * minute;
    const before = watch.pollQueue.messages().length;
    await watch.passMinute(staysAway);
    expect(watch.pollQueue.messages()).toHaveLength(before + 1);
    expect(watch.lines).toEqual([{ kind: "not-sent", error }]);
    await watch.passMinutes(6, staysAway);
    expect(kinds(watch.lines)).toContain("missing");
  });

  it("is asked only after the chains were taken up", async () => {
    const watch = makeWatch({ dieAt: 1 });
    await submitCar(watch.world, "car");
    watch.clock.now += 2 * minute;
    const { round } = chainOf(watch.world);
    await expect(tick(watch.world)).rejects.toThrow(Crash);
    expect(watch.pollQueue.messages().filter((message) => message.kind === "round")).toHaveLength(2);
    expect(watch.pollQueue.messages().at(-1)).toMatchObject({ round });
    expect(watch.canaryBus.sent()).toEqual([]);
  });

  it("lets a bug be seen as one", async () => {
    const watch = makeWatch();
    watch.world.ports.canaryBus = { put: () => Promise.reject(new TypeError("not a function")) };
    await expect(tick(watch.world)).rejects.toThrow(TypeError);
  });
});

describe("the record of the canaries", () => {
  it("takes what two deliveries note at once", async () => {
    const watch = makeWatch();
    await watch.passMinutes(7, staysAway);
    const [one = 0, two = 0] = watch.canaryBus.sent().slice(-2);
    await Promise.all([watch.hear(one), watch.hear(two), tick(watch.world)]);
    expect(await watch.canaryTable.load()).toMatchObject({ heardSentAt: two, sentAt: watch.clock.now });
    expect(watch.lines.filter(({ kind }) => kind === "heard")).toHaveLength(1);
  });

  it("that others change each time leaves the message for later", async () => {
    const watch = makeWatch();
    const contested: CanaryTable = { ...watch.canaryTable, save: async () => "conflict" };
    watch.world.ports.canaryTable = contested;
    await expect(tick(watch.world)).rejects.toThrow(RetryableError);
  });

  it("is right again one tick after a crash, at whatever await", async () => {
    const whole = makeWatch();
    await whole.passMinutes(8, comesBack);
    for (let dieAt = 1; dieAt <= whole.gate.passed; dieAt += 1) {
      const watch = makeWatch({ dieAt });
      await passMinutesAndDie(watch, comesBack);
      await watch.passMinute(comesBack);
      expect(watch.lines, `death at ${dieAt}`).toEqual([]);
      expect(await watch.canaryTable.load(), `death at ${dieAt}`).toMatchObject({
        heardSentAt: watch.canaryBus.sent().at(-1),
        isMissing: false,
      });
    }
  });

  it("still says what is missing when the process dies at whatever await", async () => {
    const whole = makeWatch();
    await whole.passMinutes(8, staysAway);
    for (let dieAt = 1; dieAt <= whole.gate.passed; dieAt += 1) {
      const watch = makeWatch({ dieAt });
      await passMinutesAndDie(watch, staysAway);
      expect(kinds(watch.lines), `death at ${dieAt}`).toContain("missing");
      expect(kinds(watch.lines).length, `death at ${dieAt}`).toBeLessThanOrEqual(2);
    }
  });
});

import { describe, expect, it } from "vitest";
import { replayAds } from "#local/bridge/replay/replay-ads.ts";
import { parseWindow } from "#local/bridge/replay/window.ts";
import type { AdKey } from "#shared/ad/ad.ts";
import { fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { fakeEventBus } from "#test/support/aws/fake-event-bus.ts";
import { sampleEvent, volvo } from "#test/support/aws/sample-ads.ts";
import { CrashGate } from "#test/support/world/crash-gate.ts";
import { dieAtEachStep } from "#test/support/world/die-at-each-step.ts";

const saab: AdKey = { dealerCode: "DEMO", itemId: "saab-1" };
const always = { from: null, to: null };
const silent = () => {};

async function withHistory(gate = new CrashGate()) {
  const table = fakeAdTable();
  const bus = fakeEventBus();
  for (const sequence of [1, 2, 3]) {
    await table.writeHistory(volvo, sampleEvent({ sequence }));
    await table.writeHistory(saab, sampleEvent({ itemId: "saab-1", sequence }));
  }
  const readHistory = async (key: AdKey) => table.history(key);
  const ports = { bus: gate.guard(bus), readHistory: gate.guard({ readHistory }).readHistory };
  const replay = (window = always) => replayAds(ports, { keys: [volvo, saab], window }, silent);
  return { bus, replay };
}

const told = (bus: ReturnType<typeof fakeEventBus>) => bus.published().map(({ metadata }) => metadata.id);
const all = ["volvo-1-1", "volvo-1-2", "volvo-1-3", "saab-1-1", "saab-1-2", "saab-1-3"].map((name) => `fact-${name}`);

describe("a replay", () => {
  it("tells the same facts in order, marked, and otherwise to the byte", async () => {
    const { bus, replay } = await withHistory();
    expect(await replay()).toBe(6);
    expect(told(bus)).toEqual(all);
    const first = sampleEvent({ sequence: 1 });
    expect(bus.published()[0]).toEqual({ ...first, metadata: { ...first.metadata, replay: true } });
  });

  it("dying between any two steps, and done again, tells nobody anything else", async () => {
    const steps = await dieAtEachStep(withHistory, {
      act: ({ replay }) => replay(),
      check: ({ bus }, where) => {
        expect(told(bus).slice(-6), where).toEqual(all);
        expect(new Set(bus.published().map((event) => JSON.stringify(event))).size).toBe(6);
      },
    });
    expect(steps).toBeGreaterThan(0);
  });

  it("stops in one sentence where the bus does, and leaves the ads behind it alone", async () => {
    const { bus, replay } = await withHistory();
    bus.refuse(({ metadata }) => metadata.id === "fact-volvo-1-2");
    await expect(replay()).rejects.toThrow(/^the bus stopped taking ad events after 1: /);
    expect(told(bus)).toEqual(["fact-volvo-1-1", "fact-volvo-1-3"]);
  });

  it("keeps to its window: from the first on, before the last", async () => {
    const publishedAt = sampleEvent().metadata.publishedAt;
    const { replay } = await withHistory();
    expect(await replay(parseWindow({ from: publishedAt }) as typeof always)).toBe(6);
    expect(await replay(parseWindow({ to: publishedAt }) as typeof always)).toBe(0);
  });
});

describe("a window of time", () => {
  it.each([
    [
      "a time without its zone",
      { from: "2026-11-21T06:00:00" },
      /^--from must be a time with its zone.*"2026-11-21T06:00:00"$/,
    ],
    ["a day", { to: "2026-11-21" }, /^--to must be/],
    ["a day that isn't", { from: "2026-13-45T06:00:00Z" }, /^--from must be/],
    ["an end before its beginning", { from: "2026-11-21T06:00:00Z", to: "2026-11-21T07:00:00+02:00" }, /is not before/],
  ])("refuses %s", (_, given, sentence) => {
    expect(() => parseWindow(given)).toThrow(sentence);
  });
});

import { describe, expect, it } from "vitest";
import { type Lane, pausedLane, type Verdict } from "#shared/ad/lane.ts";
import { productionWaits } from "#shared/contracts/waits.ts";
import { type LaneLog, type LaneName, type LanePorts, noteVerdict, passLane } from "#shared/steps/pass-lane.ts";
import { fakeLaneTable } from "#test/support/aws/fake-lane-table.ts";

const minute = 60_000;
const demo: LaneName = { tokenId: "group", dealerCode: "DEMO" };
const demo2: LaneName = { tokenId: "group", dealerCode: "DEMO2" };
const all: LaneName = { tokenId: "group", dealerCode: null };

/** Lanes on a clock that the test moves, under a token that it can replace; `cached` is what a call without `fresh` still sees. */
function setUp() {
  const clock = { now: 1_000 };
  const token = { version: "v1", cached: "v1" };
  const lanes = fakeLaneTable();
  const lines: LaneLog[] = [];
  const ports: LanePorts = {
    lanes,
    tokens: {
      findForDealer: async () => ({ tokenId: "group" }),
      versionOf: async (_tokenId, wish) => {
        token.cached = wish?.fresh ? token.version : token.cached;
        return token.cached;
      },
    },
    circumstances: { now: () => clock.now, newId: () => "id", random: () => 0.5 },
    waits: productionWaits,
    logLane: (line) => void lines.push(line),
  };
  const pass = (name = demo) => passLane(ports, name);
  const note = async (verdict: Verdict, name = demo, times = 1) => {
    for (let time = 0; time < times; time += 1) {
      await noteVerdict(ports, name, verdict);
    }
  };
  const story = () => lines.map(({ dealerCode, outcome, reason }) => `${dealerCode} ${outcome} ${reason}`);
  return { clock, token, lanes, ports, pass, note, story };
}

const open = { kind: "open", isFaulty: false };
const faulty = { kind: "open", isFaulty: true };

describe("a lane", () => {
  it("in order is open and has no record", async () => {
    const { pass, note, lanes } = setUp();
    await note("good");
    await note("unclear");
    expect([await pass(), lanes.lanes()]).toEqual([open, []]);
  });

  it("closes at the fifth failure in a row, and says so once", async () => {
    const { pass, note, story } = setUp();
    await note("failure", demo, 4);
    expect(await pass()).toEqual(faulty);
    await note("failure");
    expect(await pass()).toEqual({ kind: "closed", until: 1_000 + 5 * minute });
    await note("failure");
    expect(story()).toEqual(["DEMO closed failures"]);
  });

  it("forgets its failures with a call that is good", async () => {
    const { pass, note, lanes } = setUp();
    await note("failure", demo, 4);
    await note("good");
    expect(lanes.lanes()).toEqual([]);
    await note("failure", demo, 4);
    expect(await pass()).toEqual(faulty);
  });

  it("that is closed leaves the dealer's other token and the token's other dealers alone", async () => {
    const { pass, note } = setUp();
    await note("forbidden");
    expect((await pass()).kind).toBe("closed");
    expect(await pass(demo2)).toEqual(open);
    expect(await pass({ tokenId: "solo", dealerCode: "DEMO" })).toEqual(open);
  });

  it("closed by a dead token is closed for all dealers of it", async () => {
    const { pass, note, story } = setUp();
    await note("unauthorized");
    for (const name of [demo, demo2, all]) {
      expect((await pass(name)).kind).toBe("closed");
    }
    expect(await pass({ tokenId: "solo", dealerCode: "SOLO" })).toEqual(open);
    expect(story()).toEqual(["null closed unauthorized"]);
  });

  it("stays open where the token that was refused has been replaced meanwhile", async () => {
    const { token, pass, note, story } = setUp();
    token.version = "v2";
    await note("unauthorized");
    expect([await pass(), story()]).toEqual([open, []]);
  });
});

describe("a closed lane", () => {
  const closedLane = async (verdict: Verdict = "forbidden") => {
    const world = setUp();
    await world.note(verdict);
    return world;
  };

  it("lets one of two callers through as the probe when its time is over", async () => {
    const { clock, pass } = await closedLane();
    clock.now += 5 * minute - 1;
    expect((await pass()).kind).toBe("closed");
    clock.now += 1;
    const passages = await Promise.all([pass(), pass()]);
    expect(passages.filter(({ kind }) => kind === "open")).toEqual([faulty]);
    expect(passages.filter(({ kind }) => kind === "closed")).toEqual([
      { kind: "closed", until: clock.now + 5 * minute },
    ]);
  });

  it("tries again every five minutes where the probe never says anything", async () => {
    const { clock, pass } = await closedLane();
    const kinds: string[] = [];
    for (let minutes = 0; minutes < 15; minutes += 1) {
      clock.now += minute;
      kinds.push((await pass()).kind);
    }
    expect(kinds.flatMap((kind, place) => (kind === "open" ? [place + 1] : []))).toEqual([5, 10, 15]);
  });

  it("opens by itself with a probe that is good", async () => {
    const { clock, pass, note, lanes, story } = await closedLane();
    clock.now += 5 * minute;
    await pass();
    await note("good");
    expect([await pass(), lanes.lanes()]).toEqual([open, []]);
    expect(story()).toEqual(["DEMO closed forbidden", "DEMO opened forbidden"]);
  });

  it("stays closed with a probe that fails, without another word", async () => {
    const { clock, pass, note, story } = await closedLane("failure");
    await note("failure", demo, 4);
    clock.now += 5 * minute;
    await pass();
    await note("failure");
    expect(await pass()).toEqual({ kind: "closed", until: clock.now + 5 * minute });
    expect(story()).toEqual(["DEMO closed failures"]);
  });

  it("is tried at once when its token has been replaced: one caller, then closed again", async () => {
    const { token, pass } = await closedLane("unauthorized");
    expect((await pass()).kind).toBe("closed");
    token.cached = "v2";
    const passages = await Promise.all([pass(), pass(demo2)]);
    expect(passages.map(({ kind }) => kind).sort()).toEqual(["closed", "open"]);
    expect((await pass()).kind).toBe("closed");
  });

  it("of one dealer holds that dealer's calls though the token's own lane is in order", async () => {
    const { pass, note, clock } = await closedLane("unauthorized");
    await note("forbidden");
    clock.now += 5 * minute;
    await pass(all);
    await note("good", all);
    expect(await pass(demo2)).toEqual(open);
    expect(await pass()).toMatchObject({ kind: "open", isFaulty: true });
  });
});

describe("two notes at the same time", () => {
  it("are as good as one", async () => {
    const { ports, lanes } = setUp();
    await Promise.all([noteVerdict(ports, demo, "failure"), noteVerdict(ports, demo, "failure")]);
    expect(lanes.lanes()).toMatchObject([{ failures: 1, revision: 1 }] satisfies Partial<Lane>[]);
  });

  it("that a lane is good remove it once and say so once", async () => {
    const { ports, lanes, note, story } = setUp();
    await note("forbidden");
    await Promise.all([noteVerdict(ports, demo, "good"), noteVerdict(ports, demo, "good")]);
    expect([lanes.lanes(), story()]).toEqual([[], ["DEMO closed forbidden", "DEMO opened forbidden"]]);
  });
});

describe("a dealer that a person has paused", () => {
  it("is let through by no time, no new token and no good call, while the others go on", async () => {
    const { clock, token, lanes, pass, note } = setUp();
    await lanes.save(pausedLane("DEMO", clock.now));
    for (const minutes of [0, 6, 60, 60 * 24 * 365]) {
      clock.now += minutes * minute;
      token.version = token.cached = `v${minutes}`;
      expect(await pass()).toEqual({ kind: "closed", until: clock.now + productionWaits.laneClosedMs });
      expect(await pass({ tokenId: "another", dealerCode: "DEMO" })).toMatchObject({ kind: "closed" });
      await note("good");
      await note("good", all);
    }
    expect(await pass(demo2)).toEqual({ kind: "open", isFaulty: false });
    expect(await pass(all)).toEqual({ kind: "open", isFaulty: false });
    expect(lanes.lanes()).toHaveLength(1);
  });

  it("goes on once it is opened, unless a lane of its token is closed too", async () => {
    const { clock, lanes, pass, note } = setUp();
    await note("unauthorized");
    await lanes.save(pausedLane("DEMO", clock.now));
    await lanes.remove({ ...pausedLane("DEMO", clock.now), revision: 1 });
    expect(await pass()).toMatchObject({ kind: "closed" });
    clock.now += 6 * minute;
    expect(await pass()).toEqual({ kind: "open", isFaulty: true });
  });
});

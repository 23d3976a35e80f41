import { describe, expect, it } from "vitest";
import { admit, judge, type Lane, pausedLane, type Verdict } from "#shared/ad/lane.ts";
import { minute, startLife } from "./ad-life.ts";

const context = startLife().context();
const { now } = context;
const lane = (change: Partial<Lane> = {}): Lane => ({
  tokenId: "group",
  dealerCode: "DEMO",
  failures: 0,
  closedUntil: null,
  reason: null,
  tokenVersion: "v1",
  revision: 3,
  ...change,
});
const closed = (change: Partial<Lane> = {}) =>
  lane({ closedUntil: now + minute, reason: "failures", failures: 5, ...change });

describe("admit", () => {
  it.each<[string, Lane | undefined, string, object]>([
    ["a lane with nothing noted", undefined, "v1", { kind: "open" }],
    ["one with failures, not closed", lane({ failures: 4 }), "v1", { kind: "open" }],
    ["a closed one", closed(), "v1", { kind: "closed", until: now + minute }],
    ["one closed for a millisecond more", closed({ closedUntil: now + 1 }), "v1", { kind: "closed", until: now + 1 }],
    ["one whose time is over", closed({ closedUntil: now }), "v1", { kind: "probe" }],
    ["one whose time is long over", closed({ closedUntil: now - 60 * minute }), "v1", { kind: "probe" }],
    ["a closed one whose token was replaced", closed({ reason: "unauthorized" }), "v2", { kind: "probe" }],
    ["one that a person has just closed", pausedLane("DEMO", now), "v1", { kind: "closed", until: now + 5 * minute }],
    [
      "one that a person closed long ago",
      pausedLane("DEMO", now - 60 * minute),
      "v2",
      { kind: "closed", until: now + 5 * minute },
    ],
  ])("%s", (_name, known, version, expected) => {
    expect(admit(known, version, context)).toMatchObject(expected);
  });

  it("claims the probe: closed for five minutes more, under the present token, the rest as it was", () => {
    const known = closed({ closedUntil: now });
    expect(admit(known, "v2", context)).toEqual({
      kind: "probe",
      claimed: { ...known, closedUntil: now + 5 * minute, tokenVersion: "v2" },
    });
  });

  it("lets nobody else through once the probe is claimed", () => {
    const admission = admit(closed({ reason: "unauthorized" }), "v2", context);
    const claimed = admission.kind === "probe" ? admission.claimed : undefined;
    expect(admit(claimed, "v2", context)).toEqual({ kind: "closed", until: now + 5 * minute });
  });
});

describe("a pause", () => {
  it("is stored under no token's name, with the time that it began, and holds for every token of the dealer", () => {
    expect(pausedLane("DEMO", now)).toEqual({
      tokenId: "*",
      dealerCode: "DEMO",
      failures: 0,
      closedUntil: now,
      reason: "paused",
      tokenVersion: "",
      revision: 0,
    });
  });
});

describe("judge", () => {
  const later = now + 5 * minute;

  it.each<[Verdict, string, Lane, Lane | null]>([
    ["good", "an open lane", lane({ failures: 4 }), null],
    ["good", "a closed one", closed(), null],
    ["unclear", "an open lane", lane({ failures: 4 }), lane({ failures: 4 })],
    ["unclear", "a closed one", closed(), closed()],
    ["failure", "one in order", lane(), lane({ failures: 1 })],
    ["failure", "one with three", lane({ failures: 3 }), lane({ failures: 4 })],
    ["failure", "one with four", lane({ failures: 4 }), closed({ closedUntil: later })],
    ["failure", "its probe", closed(), closed({ failures: 6, closedUntil: later })],
    [
      "failure",
      "the probe of a dead token, which stays the reason",
      closed({ reason: "unauthorized", failures: 0 }),
      closed({ reason: "unauthorized", failures: 1, closedUntil: later }),
    ],
    ["unauthorized", "one in order", lane(), lane({ reason: "unauthorized", closedUntil: later })],
    ["forbidden", "one in order", lane(), lane({ reason: "forbidden", closedUntil: later })],
    ["unauthorized", "one closed by failures", closed(), closed({ reason: "unauthorized", closedUntil: later })],
  ])("%s of %s", (verdict, _name, known, expected) => {
    expect(judge(known, verdict, context)).toEqual(expected);
  });
});

import { describe, expect, it } from "vitest";
import { isSameAd } from "#shared/ad/copy-ad.ts";
import { type Life, log, published } from "./ad-life.ts";
import { inPhase } from "./in-phase.ts";

describe("whether two records say the same", () => {
  it.each(Object.keys(inPhase) as (keyof typeof inPhase)[])("as two do that came to phase %s alike", (phase) => {
    expect(isSameAd(inPhase[phase]().ad(), inPhase[phase]().ad())).toBe(true);
    expect(isSameAd(inPhase[phase]().ad(), structuredClone(inPhase[phase]().ad()))).toBe(true);
  });

  it.each<[string, (life: Life) => void]>([
    ["a number", (life) => life.change({ sequence: 7 })],
    ["a number in place of nothing", (life) => life.change({ askedAt: 7 })],
    ["nothing in place of a record", (life) => life.change({ wish: null })],
    ["a list that is longer", (life) => life.change({ outbox: [...life.ad().outbox, { kind: "receipt" } as never] })],
    ["a list that is empty", (life) => life.change({ submissions: [] })],
    ["a key of another name", (life) => life.change({ key: { dealerCode: "DEMO", otherId: "item-1" } as never })],
    ["something deep inside", (life) => life.observe(log("r9 update done"))],
  ])("not with %s, whichever of them is asked about", (_name, change) => {
    const life = inPhase.answered();
    const before = structuredClone(life.ad());
    change(life);
    expect([isSameAd(before, life.ad()), isSameAd(life.ad(), before)]).toEqual([false, false]);
  });

  it("as a read does that shows nothing new", () => {
    const life = inPhase.answered();
    life.observe(published().slice(0, 1));
    const before = life.ad();
    life.observe(published().slice(0, 1));
    expect(isSameAd(before, life.ad())).toBe(true);
  });
});

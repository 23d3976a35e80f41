import { describe, expect, it } from "vitest";
import { explainAd } from "#local/bridge/why/explain-ad.ts";
import { newAd } from "#shared/ad/ad.ts";
import { nextDueAt } from "#shared/ad/pace.ts";
import { productionWaits } from "#shared/contracts/waits.ts";
import { car, startLife } from "#test/unit/ad/ad-life.ts";
import { inPhase } from "#test/unit/ad/in-phase.ts";

const context = {
  now: Date.parse("2026-01-05T08:10:00.000Z"),
  waits: productionWaits,
  newId: () => "id",
  random: () => 0.5,
};
const explain = (life: ReturnType<typeof startLife>, change: object = {}) =>
  explainAd({ ...life.ad(), outbox: [], ...change }, context);

describe("why an ad is as it is", () => {
  it.each(Object.entries(inPhase))("says of one that is %s when the index will offer it, earliest first", (_, make) => {
    const ad = make().ad();
    const { isAtRest, next } = explainAd(ad, context);
    expect(isAtRest).toBe(false);
    expect(next[0]?.at).toBe(new Date(nextDueAt(ad, context) ?? 0).toISOString());
    expect(next.map(({ at }) => at)).toEqual(next.map(({ at }) => at).toSorted());
  });

  it("finds one at rest of which nothing is expected", () => {
    const life = startLife();
    life.publish();
    expect(explain(life)).toEqual({ isAtRest: true, because: [], next: [] });
    expect(explainAd(newAd({ dealerCode: "DEMO", itemId: "new" }), context).isAtRest).toBe(true);
  });

  it("names the call that comes next and the listing it is about", () => {
    const life = inPhase.ready();
    const [listing] = life.ad().listings;
    expect(explain(life).next[0]?.what).toBe(`submission 1: POST of listing ${listing?.id}`);
    const doubtful = explain(inPhase.doubt());
    expect(doubtful.because).toEqual([expect.stringMatching(/^submission 1: POST for a wish, in doubt/)]);
    expect(doubtful.next.map(({ what }) => what)).toContain(
      `listing ${listing?.id} is read, to see what became of submission 1`,
    );
  });

  it("says that a newer wish waits for the write before it", () => {
    const life = inPhase.answered();
    life.want("2", car(2));
    expect(explain(life).because).toContain("the newest wish waits until that has ended");
  });

  it("says until when a result is awaited", () => {
    const life = inPhase.answered();
    const [{ phase } = { phase: null }] = life.ad().submissions;
    const until = phase?.kind === "answered" ? phase.since + productionWaits.overdueMs : 0;
    const sentence = `the first read after ${new Date(until).toISOString()} tells it as stalled`;
    expect(explain(life).because.join("\n")).toContain(sentence);
  });

  it("says what else holds it up: a closed lane, no token, an outbox that is full", () => {
    const life = inPhase.ready();
    const row = { kind: "receipt", receipt: { source: "s", eventId: "e", outcome: "applied", reason: "r", at: 0 } };
    const because = (change: object) => explain(life, change).because.join("\n");
    expect(because({ heldUntil: context.now + 60_000 })).toContain("it asks again at 2026-01-05T08:11:00.000Z");
    expect(because({ tokenId: "unassigned" })).toContain("no token covers its dealer");
    expect(because({ outbox: Array.from({ length: 20 }, () => row) })).toMatch(
      /^20 rows of its outbox are not told yet.*no write/m,
    );
    expect(because({ outbox: [row] })).toMatch(/^1 row of its outbox is not told yet.*taken them$/m);
  });
});

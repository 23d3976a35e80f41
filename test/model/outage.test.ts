import { expect, it } from "vitest";
import { measureOutage } from "#test/support/histories/measure-outage.ts";

const ads = 60;

it.each(["status", "not-sent", "hang", "unanswered"] as const)(
  "after an hour's outage (%s) every ad is brought up to date, without dead letters and without a stampede",
  { timeout: 60_000 },
  async (kind) => {
    const { violations, deadLetters, published, during, after } = await measureOutage({ ads, kind });
    expect(violations).toEqual([]);
    expect(deadLetters).toBe(0);
    expect(published).toBe(ads);
    expect(during.perMinute).toBeLessThan(ads / 2);
    expect(after.perSecond).toBeLessThan(ads / 4);
    expect(after.writesPerAd).toBeLessThan(1.5);
  },
);

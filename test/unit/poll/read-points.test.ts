import { describe, expect, it } from "vitest";
import { hasPoint } from "#functions/poll/read-points.ts";

const second = 1_000;
const gapMs = 20 * second;

/** The ages, in seconds, at which a reader that looks every second finds a point. */
function pointsUntil(age: number): number[] {
  const seconds = Array.from({ length: age }, (_, place) => place);
  return seconds.filter((at) => hasPoint({ after: at * second, until: (at + 1) * second, gapMs })).map((at) => at + 1);
}

describe("the points at which an ad is read", () => {
  it("lie ever further apart", () => {
    const points = pointsUntil(600);
    const gaps = points.map((point, place) => point - (points[place - 1] ?? 0));
    expect(points.slice(0, 5)).toEqual([13, 44, 88, 146, 217]);
    expect(gaps.toSorted((a, b) => a - b)).toEqual(gaps);
  });

  it("are met by whoever looks seldom, too", () => {
    const points = pointsUntil(600);
    for (const everyMs of [3 * second, 17 * second, 100 * second]) {
      for (let after = -everyMs; after < 500 * second; after += everyMs) {
        const isExpected = points.some((point) => point * second > after + second && point * second <= after + everyMs);
        expect(hasPoint({ after, until: after + everyMs, gapMs }) || !isExpected).toBe(true);
      }
    }
  });

  it("do not come before the ad is old enough for the first one", () => {
    expect(hasPoint({ after: -100 * second, until: 12 * second, gapMs })).toBe(false);
    expect(hasPoint({ after: -100 * second, until: 13 * second, gapMs })).toBe(true);
  });
});

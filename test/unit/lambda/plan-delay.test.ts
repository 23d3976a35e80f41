import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planDelaySeconds } from "#shared/lambda/plan-delay.ts";

const backoff = { firstSeconds: 5, mostSeconds: 300 };

describe("planDelaySeconds", () => {
  it.each([
    [1, 0, 3],
    [1, 0.999, 5],
    [4, 0, 20],
    [4, 0.999, 40],
    [1000, 0.999, 300],
    [0, 0, 3],
  ])("delivery %i, chance %f: %i s", (receiveCount, random, seconds) => {
    expect(planDelaySeconds(receiveCount, backoff, random)).toBe(seconds);
  });

  it("is always a whole number that SQS takes", () => {
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(), share, fc.integer({ min: 1, max: 43_200 }), (receiveCount, random, mostSeconds) => {
        const seconds = planDelaySeconds(receiveCount, { firstSeconds: 1, mostSeconds }, random);
        expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= mostSeconds).toBe(true);
      }),
    );
  });
});

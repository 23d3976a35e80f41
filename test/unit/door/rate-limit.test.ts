import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rateLimit } from "#shared/door/rate-limit.ts";

describe("the rate limit", () => {
  it("never takes more than the burst and what has come in since, and says truly when it goes on", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        fc.array(fc.nat(3_000), { maxLength: 200 }),
        (requestsPerSecond, pauses) => {
          let now = 0;
          let taken = 0;
          const limit = rateLimit(() => now);
          for (const pause of pauses) {
            now += pause;
            const wait = limit({ name: "dms", requestsPerSecond });
            taken += wait === null ? 1 : 0;
            expect(taken).toBeLessThanOrEqual(
              Math.max(1, 10 * requestsPerSecond) + (now / 1000) * requestsPerSecond + 1e-6,
            );
            if (wait !== null) {
              expect(Number.isInteger(wait) && wait > 0).toBe(true);
              now += wait * 1000;
              expect(limit({ name: "dms", requestsPerSecond })).toBeNull();
              taken += 1;
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("does not run backwards with the clock", () => {
    let now = 1_000_000;
    const limit = rateLimit(() => now);
    expect(limit({ name: "dms", requestsPerSecond: 0.1 })).toBeNull();
    now -= 600_000;
    expect(limit({ name: "dms", requestsPerSecond: 0.1 })).toBe(10);
  });
});

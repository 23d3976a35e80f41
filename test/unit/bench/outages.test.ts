import { expect, it } from "vitest";
import { measureOutages } from "#bench/resend/outages.ts";

it("measures the writes after an hour's outage of each kind, and says which it is", { timeout: 60_000 }, async () => {
  const found = await measureOutages(40);
  expect(found.map(({ name, limit }) => [name, limit])).toEqual([
    ["resend.outage-writes", 1.05],
    ["resend.outage-writes-not-sent", 1.05],
    ["resend.outage-writes-hang", 1.05],
    ["resend.outage-writes-unanswered", 1.05],
  ]);
  expect(new Set(found.map(({ what }) => what)).size).toBe(4);
  const [answered = 0, notSent, hung = 0, unanswered] = found.map(({ ours }) => ours);
  expect(notSent).toBe(1);
  // What may have been done repeats its own document first; what was done is found by reading.
  expect(Math.min(answered, hung)).toBeGreaterThan(1);
  expect(unanswered).toBeLessThanOrEqual(1);
});

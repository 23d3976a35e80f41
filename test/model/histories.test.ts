import { describe, expect, it } from "vitest";
import { playMany } from "#test/support/histories/play-many.ts";

// Not by default before the pending ones of found.test.ts hold: they come up in one history of twenty.
const isAsked = process.env.HISTORIES !== undefined;
const count = Number(process.env.HISTORIES ?? "2000");

describe("random histories", () => {
  it.runIf(isAsked)(`keep every invariant, ${count} of them`, { timeout: 60_000 + count * 60 }, async () => {
    const { tallies, failures } = await playMany({ from: 1, count, storm: null });
    const told = failures.map(
      ({ seed, storm, violation }) =>
        `npm run test:histories -- --seed ${seed} --storm ${storm}   ${violation.invariant}: ${violation.message}`,
    );
    expect(told).toEqual([]);
    expect(Object.values(tallies).reduce((sum, { histories }) => sum + histories, 0)).toBe(count);
  });
});

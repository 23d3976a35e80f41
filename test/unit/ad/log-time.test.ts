import { describe, expect, it } from "vitest";
import { compareLogTimes, toIsoTime } from "#shared/ad/log-time.ts";

describe("compareLogTimes", () => {
  it.each([
    ["2026-01-05T08:00:00Z", "2026-01-05T08:00:01Z"],
    ["2026-01-05T08:00:00Z", "2026-01-05T08:00:00.1Z"],
    ["2026-01-05T08:00:00.123Z", "2026-01-05T08:00:00.123456Z"],
    ["2026-01-05T08:00:00.123455Z", "2026-01-05T08:00:00.123456Z"],
    ["2026-01-05T09:00:00+02:00", "2026-01-05T08:00:00Z"],
    ["neither", "nor"],
    ["2026-01-05T08:00:00Z", "no time at all"],
  ])("%s lies before %s", (earlier, later) => {
    expect(compareLogTimes(earlier, later)).toBeLessThan(0);
    expect(compareLogTimes(later, earlier)).toBeGreaterThan(0);
  });

  it.each([
    ["2026-01-05T08:00:00Z", "2026-01-05T08:00:00.000000Z"],
    ["2026-01-05T08:00:00.5Z", "2026-01-05T10:00:00.50+02:00"],
    ["no time at all", "no time at all"],
  ])("%s is %s", (a, b) => {
    expect(compareLogTimes(a, b)).toBe(0);
  });
});

describe("toIsoTime", () => {
  it.each([
    ["2026-01-05T10:00:00.123456+02:00", "2026-01-05T08:00:00.123Z"],
    ["no time at all", "1970-01-01T00:00:00.007Z"],
  ])("shows %s as %s", (time, shown) => {
    expect(toIsoTime(time, 7)).toBe(shown);
  });
});

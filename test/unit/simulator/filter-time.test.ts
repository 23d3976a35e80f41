import { describe, expect, it } from "vitest";
import { parseFilterTime } from "#local/simulator/filter-time.ts";

describe("a time of a filter", () => {
  it.each([
    ["UTC", "2025-01-15 10:00:00", "2025-01-15T10:00:00Z"],
    ["Europe/Stockholm", "2025-01-15 10:00:00", "2025-01-15T09:00:00Z"],
    ["Europe/Stockholm", "2025-07-15 10:00:00", "2025-07-15T08:00:00Z"],
    ["Europe/Stockholm", "2025-03-30 01:59:59", "2025-03-30T00:59:59Z"],
    ["Europe/Stockholm", "2025-03-30 03:00:00", "2025-03-30T01:00:00Z"],
    ["Europe/Stockholm", "2025-10-26 03:00:00", "2025-10-26T02:00:00Z"],
  ] as const)("in %s, %s is %s", (zone, text, instant) => {
    expect(new Date(parseFilterTime(text, zone)).toISOString()).toBe(instant.replace("Z", ".000Z"));
  });

  it.each(["2025-01-15", "2025-01-15T10:00:00", "2025-13-15 10:00:00", "now", ""])("%j is none", (text) => {
    expect(parseFilterTime(text, "UTC")).toBeNaN();
    expect(parseFilterTime(text, "Europe/Stockholm")).toBeNaN();
  });
});

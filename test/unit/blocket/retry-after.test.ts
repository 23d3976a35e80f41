import { describe, expect, it } from "vitest";
import { parseRetryAfter } from "#shared/blocket/retry-after.ts";

const now = Date.parse("2026-11-21T08:00:00Z");

describe("Retry-After", () => {
  it.each([
    ["30", 30_000],
    [" 0 ", 0],
    ["1200", 1_200_000],
    ["Sat, 21 Nov 2026 08:01:30 GMT", 90_000],
    ["Saturday, 21-Nov-26 08:01:30 GMT", 90_000],
    ["Sat, 21 Nov 2026 07:00:00 GMT", 0],
    ["99999999999999999999", 86_400_000],
    ["Fri, 31 Dec 9999 23:59:59 GMT", 86_400_000],
    ["-5", null],
    ["1.5", null],
    ["soon", null],
    ["2026-11-21T08:01:30Z", null],
    ["Sat Nov 21 08:01:30 2026", null],
    ["", null],
    [undefined, null],
  ])("reads %j as %j ms", (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});

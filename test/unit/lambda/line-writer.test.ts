import { afterEach, describe, expect, it, vi } from "vitest";
import { lineWriter } from "#shared/lambda/line-writer.ts";
import { keepLines } from "#test/support/keep-lines.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("lineWriter", () => {
  it("ends each line with a line break, in one write", () => {
    const lines = keepLines();
    lineWriter("receive")("INFO", "receive.answered", { text: "two\nlines" });
    expect(lines).toEqual([expect.stringMatching(/^\{.*\}\n$/)]);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ service: "receive", text: "two\nlines" });
  });

  it.each([
    ["INFO", 3],
    ["WARN", 2],
    ["ERROR", 1],
    ["nonsense", 3],
    [undefined, 3],
  ])("at the level %s writes %i of the three levels", (level, count) => {
    vi.stubEnv("LOG_LEVEL", level);
    const lines = keepLines();
    const write = lineWriter("receive");
    for (const each of ["INFO", "WARN", "ERROR"] as const) {
      write(each, "x", {});
    }
    expect(lines).toHaveLength(count);
  });
});

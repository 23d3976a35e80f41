import { afterEach, describe, expect, it, vi } from "vitest";
import { createLogger } from "#shared/lambda/logger.ts";
import { keepLines } from "#test/support/keep-lines.ts";

afterEach(() => vi.restoreAllMocks());

function lineOf(write: (logger: ReturnType<typeof createLogger>) => void) {
  const lines = keepLines();
  write(createLogger("receive", "blocket-bridge"));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? "");
}

describe("a line with measures", () => {
  it("is what CloudWatch takes for metrics (embedded metric format)", () => {
    const line = lineOf((logger) => logger.event("poll.round", { round: 3 }, { Reads: 2, OldestRemoval: 5 }));
    expect(line).toMatchObject({ message: "poll.round", round: 3, Reads: 2, OldestRemoval: 5 });
    expect(line._aws).toEqual({
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: "blocket-bridge",
          Dimensions: [[]],
          Metrics: [
            { Name: "Reads", Unit: "Count" },
            { Name: "OldestRemoval", Unit: "Milliseconds" },
          ],
        },
      ],
    });
  });

  it("counts what was accepted also by source, and nothing else", () => {
    const line = lineOf((logger) => logger.event("receive.answered", { source: "dms" }, { Accepted: 2, Rejected: 1 }));
    const directives = line._aws.CloudWatchMetrics.map(
      ({ Dimensions, Metrics }: { Dimensions: string[][]; Metrics: { Name: string }[] }) => [
        Dimensions,
        Metrics.map(({ Name }) => Name),
      ],
    );
    expect(directives).toEqual([
      [[[], ["source"]], ["Accepted"]],
      [[[]], ["Rejected"]],
    ]);
    expect(line.source).toBe("dms");
  });

  it("says once what it counts by several dimensions, and what a field and a metric would both say", () => {
    const fields = { source: "dms", queued: 2, rejected: 0 };
    const line = lineOf((logger) => logger.event("receive.answered", fields, { Accepted: 2 }));
    expect(line._aws.CloudWatchMetrics).toHaveLength(1);
    expect(line).toMatchObject({ Accepted: 2, rejected: 0 });
    expect(line).not.toHaveProperty("queued");
  });

  it("is an ordinary one where nothing was measured", () => {
    expect(lineOf((logger) => logger.warn("x", new Error("y"), {}))).not.toHaveProperty("_aws");
  });

  it("carries them beside an error", () => {
    const line = lineOf((logger) => logger.error("bus.canary-missing", new Error("y"), {}, { CanaryMissing: 1 }));
    expect(line).toMatchObject({ CanaryMissing: 1, failure: { message: "y" } });
  });
});

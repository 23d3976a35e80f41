import { describe, expect, it } from "vitest";
import { warmUp } from "#shared/lambda/warm-up.ts";
import { recordedLogger } from "./recorded-logger.ts";

describe("warmUp", () => {
  it("ends after the call it makes", async () => {
    const logger = recordedLogger();
    let isDone = false;
    await warmUp({ name: "receive", logger }, async () => {
      isDone = true;
    });
    expect([isDone, logger.lines]).toEqual([true, []]);
  });

  it("lets the function start when the call fails, and says so", async () => {
    const logger = recordedLogger();
    const error = new Error("no answer");
    await warmUp({ name: "receive", logger }, () => Promise.reject(error));
    expect(logger.lines).toEqual([{ level: "warn", name: "receive.warm-up-failed", error, fields: {} }]);
  });
});

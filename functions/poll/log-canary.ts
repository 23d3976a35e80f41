import type { EventLogger } from "#shared/lambda/logger.ts";
import type { CanaryLog } from "./watch-bus.ts";

/** The lines by which the bus is watched. An alarm hangs on `bus.canary-missing`. */
export function canaryLog(logger: EventLogger, busName: string): (line: CanaryLog) => void {
  return (line) => {
    switch (line.kind) {
      case "missing": {
        const silence = new Error(`no canary has come through the bus ${busName} for ${line.silentMs} ms`);
        return logger.error("bus.canary-missing", silence, { durationMs: line.silentMs }, { CanaryMissing: 1 });
      }
      case "heard":
        return logger.event("bus.canary-heard", { durationMs: line.delayMs });
      case "not-sent":
        return logger.warn("bus.canary-not-sent", line.error, {});
      default:
        throw new Error(`unknown line ${JSON.stringify(line satisfies never)}`);
    }
  };
}

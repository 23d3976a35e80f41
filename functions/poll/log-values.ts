import type { EventLogger } from "#shared/lambda/logger.ts";
import type { ValuesLog } from "./refresh-values.ts";

const mostNames = 20;

/** One line for each vehicle type that the marketplace was asked about; a warning where it gave no lists, or some in part. */
export function valuesLog(logger: EventLogger): (line: ValuesLog) => void {
  return ({ vehicleType, outcome, count, notWhole, reason, durationMs }) => {
    const fields = { kind: vehicleType, outcome, count, durationMs };
    if (reason !== null) {
      return logger.warn("values.not-listed", new Error(reason), fields);
    }
    if (notWhole.length === 0) {
      return logger.event("values.asked", fields);
    }
    const error = new Error(`${notWhole.length} lists come in part, and nothing is judged by them`);
    return logger.warn("values.not-whole", error, { ...fields, notWhole: notWhole.slice(0, mostNames) });
  };
}

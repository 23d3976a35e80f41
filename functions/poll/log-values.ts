import type { EventLogger } from "#shared/lambda/logger.ts";
import type { ValuesLog } from "./refresh-values.ts";

/** One line for each vehicle type that the marketplace was asked about. */
export function valuesLog(logger: EventLogger): (line: ValuesLog) => void {
  return ({ vehicleType, outcome, count, reason, durationMs }) => {
    const fields = { kind: vehicleType, outcome, count, durationMs };
    return reason === null
      ? logger.event("values.asked", fields)
      : logger.warn("values.not-listed", new Error(reason), fields);
  };
}

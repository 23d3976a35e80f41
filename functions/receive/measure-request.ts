import type { Measures } from "#shared/contracts/metrics.ts";
import type { LogFields } from "#shared/lambda/logger.ts";

/** What a request counts for, by what was noted of it: nothing where no event was judged, or in a dry run. */
export function measureRequest({ queued, rejected, dryRun, authentication }: LogFields): Measures {
  if (dryRun === true || typeof rejected !== "number") {
    return {};
  }
  const isSigned = authentication === "signature";
  return { Accepted: typeof queued === "number" ? queued : 0, Rejected: rejected, ...(!isSigned && { Unsigned: 1 }) };
}

import type { Measures } from "#shared/contracts/metrics.ts";
import { measureProof } from "#shared/door/measure-proof.ts";
import type { LogFields } from "#shared/lambda/logger.ts";

/** What a request counts for, by what its log line says of it. */
export function measureRequest(fields: LogFields): Measures {
  return { ...measureEvents(fields), ...measureProof(fields) };
}

/** Nothing where no event was judged, in a dry run, and where all of it is to be sent again. */
function measureEvents({ eventIds, queued, rejected, dryRun, status }: LogFields): Measures {
  if (dryRun === true || eventIds === undefined || Number(status) >= 500) {
    return {};
  }
  const accepted = typeof queued === "number" ? queued : 0;
  return { Accepted: accepted, ...(typeof rejected === "number" && { Rejected: rejected }) };
}

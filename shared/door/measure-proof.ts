import type { Measures } from "#shared/contracts/metrics.ts";
import type { LogFields } from "#shared/lambda/logger.ts";

/** What a request counts for by how its source proved itself; nothing where it didn't. However the request was answered. */
export function measureProof({ authentication }: LogFields): Measures {
  return authentication === undefined || authentication === "signature" ? {} : { Unsigned: 1 };
}

import type { Context } from "aws-lambda";

/** A Lambda context of which only the remaining time is ever asked. */
export function lambdaContext(remainingMs: () => number = () => 30_000): Context {
  return { getRemainingTimeInMillis: remainingMs } as Context;
}

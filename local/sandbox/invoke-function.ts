import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import type { LambdaHandler } from "./load-functions.ts";

export type Invocation = { functionName: string; handler: LambdaHandler; timeoutMs: number };

/**
 * Runs a handler once with a context like Lambda's, and gives up on it when its time is over. Lambda then kills the
 * function; in one process we can only stop waiting for it.
 */
export async function invokeFunction(
  { functionName, handler, timeoutMs }: Invocation,
  event: unknown,
): Promise<unknown> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${functionName} timed out after ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([handler(event, lambdaContext(functionName, timeoutMs)), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function lambdaContext(functionName: string, timeoutMs: number): Omit<Context, "done" | "fail" | "succeed"> {
  const endsAt = Date.now() + timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:eu-north-1:000000000000:function:${functionName}`,
    memoryLimitInMB: "512",
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "sandbox",
    getRemainingTimeInMillis: () => Math.max(0, endsAt - Date.now()),
  };
}

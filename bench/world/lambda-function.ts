import type { Context } from "aws-lambda";
import { logEventBytes, platformLines } from "./assumptions.ts";
import type { World } from "./world.ts";

const gigabyte = 1e9;
/** middy ends a function by the real clock, while a play of many changes may take minutes of it for a second of its own. */
const realTimeMs = 24 * 60 * 60_000;

/** `hasPlatformLines`: whether Lambda writes its own lines of each invocation, as it does unless told. */
export type LambdaFunction = { part: string; memoryMb: number; timeoutMs: number; hasPlatformLines: boolean };

/** A Lambda function in virtual time: billed from its begin to its end, and for the lines that Lambda itself writes. */
export function lambdaFunction<E, R>(
  { engine, meter }: World,
  { part, memoryMb, timeoutMs, hasPlatformLines }: LambdaFunction,
  handler: (event: E, context: Context) => Promise<R>,
): (event: E) => Promise<R> {
  const lines = hasPlatformLines ? platformLines : [];
  const lineBytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + logEventBytes, 0);
  return async (event) => {
    const startedAt = engine.now();
    const remaining = () => startedAt + timeoutMs - engine.now() + realTimeMs;
    const context = { functionName: part, awsRequestId: "bench", getRemainingTimeInMillis: remaining };
    const result = await handler(event, context as Context);
    meter.count(part, "Lambda requests", 1);
    meter.count(part, "Lambda GB-s, waiting", ((engine.now() - startedAt) / 1_000) * (memoryMb / 1_024));
    meter.count(part, "log GB", lineBytes / gigabyte);
    return result;
  };
}

/** Counts the log lines of the functions instead of writing them; gives how to end that. A line names its function as `service`. */
export function countLogLines({ meter }: World): () => void {
  const { write } = process.stdout;
  const count = (chunk: unknown) => {
    const line = String(chunk);
    const part = /"service":"([a-z-]+)"/.exec(line)?.[1];
    if (part === undefined) {
      return write.call(process.stdout, line);
    }
    if (line.startsWith('{"level":"ERROR"') || line.startsWith('{"level":"WARN"')) {
      write.call(process.stderr, line);
    }
    meter.count(part, "log GB", (Buffer.byteLength(line) + logEventBytes) / gigabyte);
    return true;
  };
  process.stdout.write = count as typeof write;
  return () => {
    process.stdout.write = write;
  };
}

import * as z from "zod/mini";
import { stageName } from "./stage.ts";
import type { Account } from "./start-account.ts";

const groupsSchema = z.object({ logGroups: z.array(z.object({ logGroupName: z.string() })) });
const linesSchema = z.object({ events: z.array(z.object({ message: z.string() })) });
const errorLineSchema = z.object({ message: z.string(), failure: z.optional(z.object({ message: z.string() })) });

/** Lambda's own words for an invocation that did not end by itself. */
const crash = /Task timed out|Runtime exited|"errorType"|Uncaught/;

/** What the deployed functions have logged as errors: each kind with its log and how often it is there. */
export async function countErrors(account: Account): Promise<Map<string, number>> {
  const { logGroups } = groupsSchema.parse(await account.ask("logs", "describe_log_groups"));
  const ours = logGroups.filter(({ logGroupName }) => logGroupName.includes(`/${stageName}/`));
  const counts = new Map<string, number>();
  for (const { logGroupName } of ours) {
    const { events } = linesSchema.parse(await account.ask("logs", "filter_log_events", { logGroupName }));
    for (const { message } of events.filter(isError)) {
      const kind = `${logGroupName.split("/").at(-1)}: ${describeError(message)}`;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return counts;
}

/** Whether an error is only that the emulator was slow to answer: it is one process, and the bridge asks again. */
export function isSlowness(error: string): boolean {
  return error.endsWith(": TimeoutError");
}

function isError({ message }: { message: string }): boolean {
  return message.includes('"level":"ERROR"') || crash.test(message);
}

/** The line without what differs from one time to the next. */
function describeError(line: string): string {
  if (!line.startsWith("{")) {
    return line.trim().slice(0, 300);
  }
  const { message, failure } = errorLineSchema.parse(JSON.parse(line));
  return failure === undefined ? message : `${message}, ${failure.message}`;
}

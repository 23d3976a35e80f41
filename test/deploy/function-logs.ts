import * as z from "zod/mini";
import { stageName } from "./stage.ts";
import type { Account } from "./start-account.ts";

const groupsSchema = z.object({ logGroups: z.array(z.object({ logGroupName: z.string() })) });
const linesSchema = z.object({ events: z.array(z.object({ message: z.string() })) });

/** Lambda's own words for an invocation that did not end by itself. */
const crash = /Task timed out|Runtime exited|"errorType"|Uncaught/;

/** What the deployed functions have logged as an error, each with the name of its log. */
export async function readErrorLines(account: Account): Promise<string[]> {
  const { logGroups } = groupsSchema.parse(await account.ask("logs", "describe_log_groups"));
  const ours = logGroups.filter(({ logGroupName }) => logGroupName.includes(`/${stageName}/`));
  const lines: string[] = [];
  for (const { logGroupName } of ours) {
    const { events } = linesSchema.parse(await account.ask("logs", "filter_log_events", { logGroupName }));
    const bad = events.filter(({ message }) => message.includes('"level":"ERROR"') || crash.test(message));
    lines.push(...bad.map(({ message }) => `${logGroupName.split("/").at(-1)}: ${message.trimEnd().slice(0, 500)}`));
  }
  return lines;
}

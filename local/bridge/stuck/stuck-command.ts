import type { Command } from "commander";
import { progressOf } from "#local/bridge/stage/confirm.ts";
import { onStderr } from "#local/bridge/stage/on-stderr.ts";
import { contextOf, type Stage } from "#local/bridge/stage/open-stage.ts";
import { type CommandOptions, onStage, print, withStage } from "#local/bridge/stage/stage-command.ts";
import { findStuck, type StuckAd } from "./find-stuck.ts";
import { parseSpan } from "./span.ts";

type StuckOptions = CommandOptions & { removals?: boolean; olderThan?: string; limit: string };

/** `stuck [--removals] [--older-than SPAN]`: which ads wait for the end of something, and why. Nothing stuck is no fault. */
export function addStuck(program: Command): void {
  onStage(program.command("stuck"))
    .description("list the ads that wait for the end of something, oldest first, and why")
    .option("--removals", "only removals that the marketplace has not confirmed: sold cars that are still live")
    .option("--older-than <span>", "only what has waited so long: 90s, 10m, 2h, 1d")
    .option("--limit <count>", "so many ads at most, the oldest", "50")
    .action(async (options: StuckOptions) => {
      const limit = parseLimit(options.limit);
      const olderThanMs = options.olderThan === undefined ? 0 : parseSpan("--older-than", options.olderThan);
      await withStage(options, async (stage) => {
        const wish = { removals: options.removals === true, olderThanMs };
        const hooks = { progress: progressOf("ads looked at", null), ...onStderr };
        const stuck = await findStuck(stage.ports, { wish, context: contextOf(stage), hooks });
        const answer = { count: stuck.length, ads: stuck.slice(0, limit) };
        print(options, answer, ({ count, ads }) => (count === 0 ? sayNone(stage, options) : formatStuck(count, ads)));
      });
    });
}

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new Error(`--limit must be a whole number of ads, not "${text}"`);
  }
  return Number(text);
}

function sayNone({ name }: Stage, { removals, olderThan }: StuckOptions): string {
  const what = removals ? "has a removal unconfirmed" : "waits for the end of anything";
  return `no ad of ${name} ${what}${olderThan === undefined ? "" : ` for ${olderThan} or longer`}`;
}

function formatStuck(count: number, ads: readonly StuckAd[]): string {
  const more = `these are the ${ads.length} oldest of ${count}: --limit ${count} lists all`;
  return [...ads.map(formatAd), ...(ads.length < count ? [more] : [])].join("\n");
}

function formatAd({ ad, kind, call, since, listingId, because }: StuckAd): string {
  const what = {
    submission: `${call?.toUpperCase()} open`,
    removal: "removal unconfirmed",
    wish: "wish waiting",
    stalled: `${call?.toUpperCase()} told as stalled`,
    outbox: "outbox not told",
    charge: `charged ${call} waiting`,
  }[kind];
  const listing = listingId === null ? "no listing yet" : `listing ${listingId}`;
  return `${ad}  ${what} since ${since}, ${listing}\n  because  ${because}`;
}

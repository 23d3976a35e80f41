import type { Command } from "commander";
import { parseAdName } from "#local/bridge/stage/ad-name.ts";
import { type ActingOptions, confirm, onStageActing, progressOf } from "#local/bridge/stage/confirm.ts";
import { loadRows } from "#local/bridge/stage/load-rows.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { print, withStage } from "#local/bridge/stage/stage-command.ts";
import { readAdRows } from "#local/sandbox/read-ad-record.ts";
import { type AdCount, findHistory } from "./find-history.ts";
import { replayAds } from "./replay-ads.ts";
import { isWithin, parseWindow, type Window } from "./window.ts";

type ReplayOptions = ActingOptions & { from?: string; to?: string };

/** `replay [DEALER | DEALER/ITEM] [--from] [--to]`: ad events once more, under the same ids. Doing it twice is harmless. */
export function addReplay(program: Command): void {
  onStageActing(program.command("replay"))
    .description("publish ad events again: of one ad, of a dealer, or of all in a window of time")
    .argument("[dealer or dealer/item]", "all ads unless told, which needs a window")
    .option(
      "--from <time>",
      "only facts found from then on (publishedAt; before a bus that failed took them), such as 2026-11-21T06:00:00Z",
    )
    .option("--to <time>", "only facts found before then")
    .action((target: string | undefined, options: ReplayOptions) =>
      withStage(options, (stage) => replay(stage, target, options)),
    );
}

async function replay(stage: Stage, target: string | undefined, options: ReplayOptions): Promise<void> {
  const window = parseWindow(options);
  if (target === undefined && window.from === null) {
    throw new Error("a replay of all ads needs a window: say --from, or name a dealer or an ad");
  }
  const found = await find(stage, target, window);
  const total = found.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) {
    throw new Error(`${stage.name} has no ad event of ${target ?? "any ad"} in that time`);
  }
  const ads = counted(found.length, "ad");
  await confirm(
    `This publishes ${counted(total, "ad event")} of ${ads} again in ${stage.name}, to every rule on its bus, with metadata.replay set.`,
    options,
  );
  const readHistory = async (key: AdCount["key"]) => (await readAdRows(stage.tableAccess, key))?.events ?? [];
  const keys = found.map(({ key }) => key);
  const progress = progressOf("replayed", total);
  const replayed = await replayAds({ bus: stage.ports.bus, readHistory }, { keys, window }, progress);
  print(options, { ads: found.length, replayed }, () => `${counted(replayed, "ad event")} of ${ads} replayed`);
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

async function find(stage: Stage, target: string | undefined, window: Window): Promise<AdCount[]> {
  if (target?.includes("/")) {
    const key = parseAdName(target);
    const { events } = await loadRows(stage, key);
    return [{ key, count: events.filter(({ metadata }) => isWithin(window, metadata.publishedAt)).length }];
  }
  const progress = progressOf("rows looked at", null);
  return findHistory(stage.tableAccess, { dealerCode: target ?? null, window }, progress);
}

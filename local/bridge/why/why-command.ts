import type { Command } from "commander";
import { loadClosed } from "#local/bridge/lanes/change-lanes.ts";
import { describeLane } from "#local/bridge/lanes/describe-lane.ts";
import { formatAdName } from "#local/bridge/stage/ad-name.ts";
import { findKey } from "#local/bridge/stage/find-key.ts";
import { loadRows } from "#local/bridge/stage/load-rows.ts";
import { contextOf } from "#local/bridge/stage/open-stage.ts";
import { type CommandOptions, onStage, print, withStage } from "#local/bridge/stage/stage-command.ts";
import { explainAd } from "./explain-ad.ts";

/** `why DEALER/ITEM`, or a listing id: what an ad waits for, and what happens next. */
export function addWhy(program: Command): void {
  onStage(program.command("why"))
    .description("say what one ad waits for, and what happens next")
    .argument("<ad>", "DEALER/ITEM, or a listing id as a log line has it")
    .action((name: string, options: CommandOptions) =>
      withStage(options, async (stage) => {
        const key = await findKey(stage, name);
        const { ad } = await loadRows(stage, key);
        const lanes = await loadClosed(stage.ports.lanes, { tokenId: ad.tokenId, dealerCode: key.dealerCode });
        const explanation = explainAd(ad, contextOf(stage));
        const because = [...lanes.map(describeLane), ...explanation.because];
        print(options, { ad: formatAdName(key), ...explanation, because }, (why) => formatWhy(why, Date.now()));
      }),
    );
}

type Why = ReturnType<typeof explainAd> & { ad: string };

/** What is due already comes with the next round or step; how long it has been due says little, and may be for ever. */
function formatWhy({ ad, isAtRest, because, next }: Why, now: number): string {
  return [
    `${ad}  ${isAtRest ? "is at rest: it waits for nothing but a new event" : "has something to come"}`,
    ...because.map((reason) => `  because  ${reason}`),
    ...next.map(({ at, what }) => `  ${Date.parse(at) <= now ? "at once".padEnd(at.length) : at}  ${what}`),
  ].join("\n");
}

import type { Command } from "commander";
import { parseAdName } from "#local/bridge/stage/ad-name.ts";
import { loadRecord } from "#local/bridge/stage/load-record.ts";
import { type CommandOptions, onStage, print, withStage } from "#local/bridge/stage/stage-command.ts";
import { formatAd } from "./format-ad.ts";

/** `ad DEALER/ITEM`: all that is stored of one ad. As text without its document, which holds a contact. */
export function addAd(program: Command): void {
  onStage(program.command("ad"))
    .description("show one ad: state, wish, open submission, and its history as a timeline")
    .argument("<dealer/item>")
    .action((name: string, options: CommandOptions) =>
      withStage(options, async (stage) => print(options, await loadRecord(stage, parseAdName(name)), formatAd)),
    );
}

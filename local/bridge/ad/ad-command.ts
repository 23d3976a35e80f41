import type { Command } from "commander";
import { findKey } from "#local/bridge/stage/find-key.ts";
import { loadRecord } from "#local/bridge/stage/load-record.ts";
import { type CommandOptions, onStage, print, withStage } from "#local/bridge/stage/stage-command.ts";
import { formatAd } from "./format-ad.ts";

/** `ad DEALER/ITEM`, or a listing id: all that is stored of one ad. As text without its document, which holds a contact. */
export function addAd(program: Command): void {
  onStage(program.command("ad"))
    .description("show one ad: state, wish, open submission, and its history as a timeline")
    .argument("<ad>", "DEALER/ITEM, or a listing id as a log line has it")
    .action((name: string, options: CommandOptions) =>
      withStage(options, async (stage) =>
        print(options, await loadRecord(stage, await findKey(stage, name)), formatAd),
      ),
    );
}

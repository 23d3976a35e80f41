import type { Command } from "commander";
import { findKey } from "#local/bridge/stage/find-key.ts";
import { loadRows } from "#local/bridge/stage/load-rows.ts";
import { type CommandOptions, onStage, print, withStage } from "#local/bridge/stage/stage-command.ts";
import { readNamedReceipts } from "#local/sandbox/find-receipts.ts";
import { recordOf } from "#local/sandbox/read-ad-record.ts";
import { formatAd } from "./format-ad.ts";

/** `ad DEALER/ITEM`, or a listing id: what is stored of one ad, with the receipts of the events that it names. As text without its document, which holds a contact. */
export function addAd(program: Command): void {
  onStage(program.command("ad"))
    .description("show one ad: state, wish, open submission, and its history as a timeline")
    .argument("<ad>", "DEALER/ITEM, or a listing id as a log line has it")
    .action((name: string, options: CommandOptions) =>
      withStage(options, async (stage) => {
        const rows = await loadRows(stage, await findKey(stage, name));
        print(options, recordOf(rows, await readNamedReceipts(stage.tableAccess, rows)), formatAd);
      }),
    );
}

import type { Command } from "commander";
import { formatAdName, parseAdName } from "#local/bridge/stage/ad-name.ts";
import { type ActingOptions, confirm, onStageActing, progressOf } from "#local/bridge/stage/confirm.ts";
import { loadRows } from "#local/bridge/stage/load-rows.ts";
import { contextOf, type Stage } from "#local/bridge/stage/open-stage.ts";
import { print, withStage } from "#local/bridge/stage/stage-command.ts";
import { findReceiptRows } from "#local/sandbox/find-receipts.ts";
import { checkForgettable, eraseRecord, eraseRows, storeErased } from "./forget-ad.ts";

/** `forget DEALER/ITEM`: erases what was said of a removed ad, and keeps what its numbering needs. Doing it twice is harmless. */
export function addForget(program: Command): void {
  onStageActing(program.command("forget"))
    .description("erase the documents, plates and words of an ad that was removed; keep its numbers")
    .argument("<dealer/item>")
    .action((name: string, options: ActingOptions) => withStage(options, (stage) => forget(stage, name, options)));
}

async function forget(stage: Stage, name: string, options: ActingOptions): Promise<void> {
  const key = parseAdName(name);
  const record = await loadRows(stage, key);
  checkForgettable(record.ad, key, contextOf(stage));
  const receipts = await findReceiptRows(stage.tableAccess, key, progressOf("rows looked at", null));
  const rows = eraseRows(record, receipts);
  await confirm(
    `This erases the documents and plates of ${formatAdName(key)} in ${stage.name}, and the words in ${rows.length} rows of its history and receipts. ` +
      "It can't be undone. Backups, the archive of the bus and dead letters are not touched.",
    options,
  );
  await eraseRecord(stage.ports, key);
  const progress = progressOf("rows erased", rows.length);
  for (const [place, row] of rows.entries()) {
    await storeErased(stage.tableAccess, row);
    progress(place + 1);
  }
  print(options, { ad: formatAdName(key), rows: rows.length }, () => `${formatAdName(key)} is forgotten`);
}

import type { Command } from "commander";
import { type ActingOptions, confirm, onStageActing, progressOf } from "#local/bridge/stage/confirm.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { print, withStage } from "#local/bridge/stage/stage-command.ts";
import { type Moved, moveReceipts } from "./move-receipts.ts";

type MoveOptions = ActingOptions & { deleteOld?: boolean };

/** `move-receipts [--delete-old]`: the step from 0.2.0 to later versions, before and after deploying. Doing it twice is harmless. */
export function addMoveReceipts(program: Command): void {
  onStageActing(program.command("move-receipts"))
    .description("copy the receipts of 0.1.0 and 0.2.0 to where later versions look for them")
    .option("--delete-old", "also delete the old ones that never expire, once nobody will go back to 0.2.0")
    .action((options: MoveOptions) => withStage(options, (stage) => move(stage, options)));
}

async function move(stage: Stage, { deleteOld = false, ...options }: MoveOptions): Promise<void> {
  await confirm(
    `This looks through the whole table of ${stage.name}, and copies each receipt of 0.1.0 and 0.2.0 to where later versions look for it.` +
      (deleteOld ? " Old ones of charged calls are then deleted: 0.2.0 would charge a repeat of such an event." : ""),
    options,
  );
  const moved = await moveReceipts(stage.tableAccess, { deleteOld }, progressOf("rows looked at", null));
  print(options, moved, formatMoved);
}

function formatMoved({ found, copied, deleted }: Moved): string {
  const others = `${found - copied} were copied before`;
  return `${found} old receipts: ${copied} copied, ${others}${deleted === 0 ? "" : `; ${deleted} of charged calls deleted`}`;
}

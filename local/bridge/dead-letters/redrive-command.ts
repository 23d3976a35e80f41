import type { Command } from "commander";
import { type ActingOptions, confirm, onStageActing, progressOf } from "#local/bridge/stage/confirm.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { print, withStage } from "#local/bridge/stage/stage-command.ts";
import { formatGroups, groupByCause, takeAll } from "./dead-letters-command.ts";
import { putBack, redriveLetter } from "./read-dead-letters.ts";

/** `redrive [CAUSE]`: dead letters back to their queues, of one cause or all. Doing it twice is harmless. */
export function addRedrive(program: Command): void {
  onStageActing(program.command("redrive"))
    .description("send dead letters back to their queue, those of one cause or all")
    .argument("[cause]", "as dead-letters names it; all causes unless told")
    .action((cause: string | undefined, options: ActingOptions) =>
      withStage(options, (stage) => redrive(stage, cause, options)),
    );
}

async function redrive(stage: Stage, cause: string | undefined, options: ActingOptions): Promise<void> {
  const held = await takeAll(stage);
  const isWanted = ({ causeId }: { causeId: string }) => cause === undefined || causeId === cause;
  const wanted = held.flatMap(({ letters }) => letters.filter(isWanted));
  let redriven = 0;
  const progress = progressOf("redriven", wanted.length);
  try {
    checkWanted(stage, { cause, wanted: wanted.length, all: held.flatMap(({ letters }) => letters).length });
    const preview = formatGroups(groupByCause(wanted));
    await confirm(`${preview}\nThis sends ${countOf(wanted.length)} back to their queues in ${stage.name}.`, options);
    for (const { box, letters } of held) {
      for (const letter of letters.filter(isWanted)) {
        await redriveLetter(stage.sqs, box, letter);
        letters.splice(letters.indexOf(letter), 1);
        redriven += 1;
        progress(redriven);
      }
    }
  } finally {
    for (const { box, letters } of held) {
      await putBack(stage.sqs, box, letters);
    }
  }
  print(options, { redriven }, () => `${countOf(redriven)} redriven`);
}

function checkWanted(
  { name }: Stage,
  { cause, wanted, all }: { cause: string | undefined; wanted: number; all: number },
) {
  if (all === 0) {
    throw new Error(`there are no dead letters in ${name}`);
  }
  if (wanted === 0) {
    throw new Error(`no dead letter has the cause ${cause}: dead-letters lists them`);
  }
}

function countOf(count: number): string {
  return count === 1 ? "1 dead letter" : `${count} dead letters`;
}

import type { Command } from "commander";
import { type ActingOptions, onStageActing } from "#local/bridge/stage/confirm.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { print, withStage } from "#local/bridge/stage/stage-command.ts";
import { actOnLetters, countOf, formatActedOn } from "./act-on-letters.ts";
import { type DeadLetter, deleteLetter } from "./read-dead-letters.ts";

/** `discard ID`: deletes one dead letter, or those of a cause that nobody can read. There is none that deletes all. */
export function addDiscard(program: Command): void {
  onStageActing(program.command("discard"))
    .description("delete one dead letter, or those of a cause that nobody can read, for good")
    .argument("<id>", "a message id, or a cause as dead-letters names it")
    .action((id: string, options: ActingOptions) => withStage(options, (stage) => discard(stage, id, options)));
}

async function discard(stage: Stage, id: string, options: ActingOptions): Promise<void> {
  const intend = (letters: number) =>
    `This deletes ${countOf(letters)} in ${stage.name}; what was asked there is lost.`;
  const result = await actOnLetters(
    stage,
    { id, intend, done: "deleted", act: deleteLetter, checkCause: checkUnreadable },
    options,
  );
  print(options, { discarded: result.acted, gone: result.gone }, () => formatActedOn(result, "deleted"));
}

/**
 * A cause of readable letters says what they are, not what is wrong with each: among five hundred wishes one may be poison.
 * Those of `poll` ask for nothing that the next tick doesn't.
 */
export function checkUnreadable(letters: readonly DeadLetter[]): void {
  if (letters.some(({ queue, readable }) => queue === "submit" && readable)) {
    throw new Error(
      `nothing was done: ${countOf(letters.length)} of this cause can be read, and what each asks would be lost; name one by its message id (dead-letters --json lists them)`,
    );
  }
}

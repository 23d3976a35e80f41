import type { Command } from "commander";
import { type ActingOptions, onStageActing } from "#local/bridge/stage/confirm.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { print, withStage } from "#local/bridge/stage/stage-command.ts";
import { actOnLetters, countOf, formatActedOn } from "./act-on-letters.ts";
import { deleteLetter } from "./read-dead-letters.ts";

/** `discard CAUSE`: deletes the dead letters of one cause, such as what nobody can read. There is none that deletes all. */
export function addDiscard(program: Command): void {
  onStageActing(program.command("discard"))
    .description("delete the dead letters of one cause, for good")
    .argument("<cause>", "as dead-letters names it")
    .action((cause: string, options: ActingOptions) => withStage(options, (stage) => discard(stage, cause, options)));
}

async function discard(stage: Stage, cause: string, options: ActingOptions): Promise<void> {
  const intend = (letters: number) =>
    `This deletes ${countOf(letters)} in ${stage.name}; what was asked there is lost.`;
  const result = await actOnLetters(stage, { cause, intend, done: "deleted", act: deleteLetter }, options);
  print(options, { discarded: result.acted, gone: result.gone }, () => formatActedOn(result, "deleted"));
}

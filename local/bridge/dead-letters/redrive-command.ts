import type { Command } from "commander";
import { type ActingOptions, onStageActing } from "#local/bridge/stage/confirm.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { print, withStage } from "#local/bridge/stage/stage-command.ts";
import { actOnLetters, countOf, formatActedOn } from "./act-on-letters.ts";
import { redriveLetter } from "./read-dead-letters.ts";

/** `redrive [ID]`: dead letters back to their queues, one, those of one cause, or all. Doing it twice is harmless. */
export function addRedrive(program: Command): void {
  onStageActing(program.command("redrive"))
    .description("send dead letters back to their queue, one, those of one cause, or all")
    .argument("[id]", "a message id, or a cause as dead-letters names it; all unless told")
    .action((id: string | undefined, options: ActingOptions) =>
      withStage(options, (stage) => redrive(stage, id, options)),
    );
}

async function redrive(stage: Stage, id: string | undefined, options: ActingOptions): Promise<void> {
  const intend = (letters: number) =>
    `This sends ${countOf(letters)} back to ${letters === 1 ? "its queue" : "their queues"} in ${stage.name}.`;
  const result = await actOnLetters(stage, { id, intend, done: "redriven", act: redriveLetter }, options);
  print(options, { redriven: result.acted, gone: result.gone }, () => formatActedOn(result, "redriven"));
}

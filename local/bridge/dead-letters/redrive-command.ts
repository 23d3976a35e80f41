import type { Command } from "commander";
import { type ActingOptions, onStageActing } from "#local/bridge/stage/confirm.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { print, withStage } from "#local/bridge/stage/stage-command.ts";
import { actOnLetters, countOf, formatActedOn } from "./act-on-letters.ts";
import { redriveLetter } from "./read-dead-letters.ts";

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
  const intend = (letters: number) =>
    `This sends ${countOf(letters)} back to ${letters === 1 ? "its queue" : "their queues"} in ${stage.name}.`;
  const result = await actOnLetters(stage, { cause, intend, done: "redriven", act: redriveLetter }, options);
  print(options, { redriven: result.acted, gone: result.gone }, () => formatActedOn(result, "redriven"));
}

import type { Command } from "commander";
import { openStage, type Stage, type StageOptions } from "./open-stage.ts";

/** What every command on a stage understands. */
export type CommandOptions = StageOptions & { json?: boolean };

/** Makes a command one that works on a stage: it says where, and in which form it answers. */
export function onStage(command: Command): Command {
  return command
    .option("--stage <name>", "a deployed stage, as cdk/stages.ts names it; needs AWS credentials")
    .option("--sandbox <url>", "a running sandbox (http://127.0.0.1:8787, or PORT, unless told)")
    .option("--json", "answer in JSON");
}

/** Writes an answer to stdout: the value itself as JSON, or as the lines for a person. */
export function print<T>({ json }: CommandOptions, value: T, format: (value: T) => string): void {
  console.log(json ? JSON.stringify(value, null, 2) : format(value));
}

/** Opens the stage for a command's work. */
export function withStage<T>(options: CommandOptions, work: (stage: Stage) => Promise<T>): Promise<T> {
  return openStage(options).then(work);
}

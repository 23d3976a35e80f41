import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { type CommandOptions, onStage } from "./stage-command.ts";

/** What a command understands that changes something. */
export type ActingOptions = CommandOptions & { yes?: boolean };

/** Makes a command one that works on a stage, says what it will do, and asks first. */
export function onStageActing(command: Command): Command {
  return onStage(command).option("--yes", "do it without asking, for scripts");
}

/** Says on stderr what is going to be done, and resolves once that is wanted. Rejects with one sentence when it is not. */
export async function confirm(intent: string, { yes }: ActingOptions): Promise<void> {
  console.error(intent);
  if (yes) {
    return;
  }
  if (!process.stdin.isTTY) {
    throw new Error("nothing was done: nobody is here to ask, so say --yes if that is what you want");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question("Do it? [y/N] ");
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) {
    throw new Error("nothing was done");
  }
}

const everyMs = 2_000;

/** Says on stderr how far a long work is, every two seconds at most; its end is for who calls to tell. */
export function progressOf(what: string, total: number | null): (done: number) => void {
  let saidAt = Date.now();
  return (done) => {
    if (done !== total && Date.now() - saidAt >= everyMs) {
      saidAt = Date.now();
      console.error(`${done}${total === null ? "" : ` of ${total}`} ${what}`);
    }
  };
}

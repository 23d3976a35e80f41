import type { Command } from "commander";
import { bundleBudgets, type FunctionName } from "#cdk/bundle.ts";
import { findLine } from "./find-line.ts";

/** `where FUNCTION LINE:COLUMN`: the line of the sources behind a line of a stack trace. */
export function addWhere(program: Command): void {
  program
    .command("where")
    .description("say which line of the sources a stack trace of a deployed function means")
    .argument("<function>", Object.keys(bundleBudgets).join(", "))
    .argument("<place>", "line:column of index.mjs, as the trace has it")
    .addHelpText("after", "\nCheck out the deployed commit first: the bundle is built again to know.")
    .action(where);
}

async function where(functionName: string, place: string): Promise<void> {
  const [line, column] = place.split(":").slice(-2).map(Number);
  if (!Object.hasOwn(bundleBudgets, functionName) || !line || !column) {
    throw new Error(`where FUNCTION LINE:COLUMN, with one of ${Object.keys(bundleBudgets).join(", ")}`);
  }
  const found = await findLine(functionName as FunctionName, { line, column });
  console.log(found ?? "nothing of the sources is there");
}

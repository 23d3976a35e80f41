import { parseArgs } from "node:util";
import type { BenchOptions } from "#bench/result.ts";

/** `--quick` takes a fifth of the rounds, `--rounds 2` twice as many; `--scale 10` is ten times the work. Throws on others. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: "boolean" }, rounds: { type: "string" }, scale: { type: "string" } },
  });
  const options = { rounds: Number(values.rounds ?? (values.quick ? 0.2 : 1)), scale: Number(values.scale ?? 1) };
  if (!(options.rounds > 0) || !(options.scale > 0)) {
    throw new Error("--rounds and --scale are numbers above 0");
  }
  return options;
}

import { parseArgs } from "node:util";
import type { BenchOptions } from "#bench/result.ts";

/**
 * `--quick` takes a fifth of the rounds, `--rounds 2` twice as many; `--scale 10` is ten times the work; `--again` compares with
 * what is stored instead of storing; words are the benches that are meant. Throws on others.
 */
export function readOptions(args: readonly string[]): BenchOptions & { names: string[]; isAgain: boolean } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean" },
      rounds: { type: "string" },
      scale: { type: "string" },
      again: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  const options = { rounds: Number(values.rounds ?? (values.quick ? 0.2 : 1)), scale: Number(values.scale ?? 1) };
  if (!(options.rounds > 0) || !(options.scale > 0)) {
    throw new Error("--rounds and --scale are numbers above 0");
  }
  return { ...options, names: positionals, isAgain: values.again };
}

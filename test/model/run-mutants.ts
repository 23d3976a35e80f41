import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { BatchResult } from "#test/support/histories/play-batch.ts";
import { copyTree, infect, type Mutant, type Tree } from "#test/support/mutants/mutant.ts";
import { namedMutants } from "#test/support/mutants/named-mutants.ts";
import { runIn } from "#test/support/mutants/run-in.ts";

/*
 * npm run test:mutants [-- --count N] [--only TEXT]   takes out one rule after the other, and plays histories until that shows
 */
const { values } = parseArgs({
  options: { count: { type: "string", default: "10000" }, only: { type: "string", default: "" } },
});

const root = resolve(import.meta.dirname, "../..");
const say = (line: string) => void process.stdout.write(`${line}\n`);

type Found = { histories: number; violation: string | null };

/**
 * Plays histories in the tree until one shows the mutant: it is violated there, and not without it. A player that fails shows
 * it as well.
 */
async function playUntilFound(tree: Tree): Promise<Found> {
  const most = Number(values.count);
  let histories = 0;
  for (let from = 1; from <= most; ) {
    const { result, failed } = await play(tree.path, ["--from", String(from), "--count", String(most - from + 1)]);
    if (result === null) {
      return { histories, violation: `the player fails: ${failed}` };
    }
    const [first] = result.failures;
    if (first === undefined) {
      return { histories: most, violation: null };
    }
    histories = first.seed;
    const unharmed = await play(root, ["--from", String(first.seed), "--count", "1"]);
    if (unharmed.result?.failures.length === 0) {
      return { histories, violation: first.violation.invariant };
    }
    from = first.seed + 1;
  }
  return { histories, violation: null };
}

type Played = { result: BatchResult | null; failed: string };

async function play(path: string, options: readonly string[]): Promise<Played> {
  const text = await runIn(path, ["test/model/run-histories.ts", "--failures", "1", "--json", ...options]);
  return { result: text.startsWith("{") ? (JSON.parse(text) as BatchResult) : null, failed: text.slice(0, 200) };
}

async function tryAll(mutants: readonly Mutant[]): Promise<boolean> {
  const tree = copyTree();
  let missed = 0;
  say(`${"without".padEnd(50)} ${"histories".padStart(9)}  what broke`);
  for (const mutant of mutants) {
    const cure = infect(tree, mutant);
    const { histories, violation } = await playUntilFound(tree);
    cure();
    missed += Number(violation === null);
    say(`${mutant.name.padEnd(50)} ${String(histories).padStart(9)}  ${violation ?? "NOT FOUND"}`);
  }
  tree.remove();
  say(`${mutants.length - missed} of ${mutants.length} found`);
  return missed === 0;
}

process.exitCode = (await tryAll(namedMutants.filter(({ name }) => name.includes(values.only)))) ? 0 : 1;

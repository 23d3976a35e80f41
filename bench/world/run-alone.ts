import { parseArgs } from "node:util";
import { type Bench, type BenchResult, isKept } from "#bench/result.ts";

const show = (value: number | null) => (value === null ? "-" : value >= 100 ? value.toFixed(0) : value.toPrecision(3));

function lineOf(result: BenchResult): string {
  const { what, ours, reference, against, ratio, limit, limitOn, unit, note } = result;
  const beside = against === null ? "" : `, ${against} ${show(reference)}, ratio ${show(ratio)}`;
  const limited =
    limit === null
      ? ""
      : ` (${limitOn === "ratio" ? "ratio " : ""}at most ${limit}: ${isKept(result) ? "kept" : "MISSED"})`;
  return `${what}: ${show(ours)} ${unit}${beside}${limited}${note === "" ? "" : `\n    ${note}`}`;
}

/** Runs one bench by itself and prints what it hands back. Leaves with 1 where a limit was missed. */
export async function runAlone(bench: Bench): Promise<void> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { scale: { ...text, default: "1" }, rounds: { ...text, default: "1" } } });
  const { results, tables = [] } = await bench.run({ scale: Number(values.scale), rounds: Number(values.rounds) });
  for (const result of results) {
    console.log(lineOf(result));
  }
  for (const { title, rows } of tables) {
    const width = (column: number) => Math.max(...rows.map((row) => String(row[column] ?? "").length));
    console.log(`\n${title}`);
    for (const row of rows) {
      console.log(`  ${row.map((cell, column) => String(cell).padEnd(width(column))).join("  ")}`);
    }
  }
  process.exitCode = results.every(isKept) ? 0 : 1;
}

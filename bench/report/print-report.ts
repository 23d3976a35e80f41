import { type BenchReport, isKept } from "#bench/result.ts";
import { formatTable, tableRows } from "./format-table.ts";

/** Details first, the table of results last, where a terminal shows it; then the notes of what was missed. */
export function printReport({ results, tables = [] }: Pick<BenchReport, "results" | "tables">): void {
  for (const { title, rows } of tables) {
    console.log(`\n${title}\n\n${formatTable(rows)}`);
  }
  console.log(`\n${formatTable(tableRows(results))}`);
  for (const result of results.filter((one) => !isKept(one) && one.note !== "")) {
    console.log(`\nmissed: ${result.what}: ${result.note}`);
  }
}

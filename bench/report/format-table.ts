import { type BenchResult, isKept } from "#bench/result.ts";

const headings = ["what", "ours", "reference", "ratio", "at most", "spread", "", "command"];

/** The table that `npm run bench` prints, as rows of text; the first row is the headings. */
export function tableRows(results: readonly BenchResult[]): string[][] {
  return [headings, ...results.map(toRow)];
}

function toRow(result: BenchResult): string[] {
  const { what, ours, reference, against, ratio, limit, limitOn, unit, spread, command } = result;
  return [
    what,
    `${figure(ours)} ${unit}`,
    reference === null ? "" : `${figure(reference)} ${unit} (${against})`,
    ratio === null ? "" : ratio.toFixed(3),
    limit === null ? "" : limitOn === "ratio" ? `${limit} of ${against}` : `${limit} ${unit}`,
    formatSpread(spread),
    limit === null ? "printed" : isKept(result) ? "kept" : "missed",
    command,
  ];
}

/** A share; what was counted has none. */
export function formatSpread(spread: number): string {
  return spread === 0 ? "exact" : `±${Number((spread * 100).toPrecision(2))} %`;
}

/** Three digits that count, and never fewer than the whole part has. */
export function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** Columns under each other, for a terminal. */
export function formatTable(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? "").length)));
  const line = (row: readonly (string | number)[]) =>
    row
      .map((cell, column) => String(cell).padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}

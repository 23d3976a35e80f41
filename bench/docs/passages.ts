import { figure, formatSpread, tableRows } from "#bench/report/format-table.ts";
import type { StoredReport } from "#bench/report/results-folder.ts";
import { type BenchResult, isKept } from "#bench/result.ts";

/**
 * Every text that a document may quote, by its name in the marker: `all`, `missed`, `details`, `plots`, `about`, `growth` (the
 * only one of other scales than 1); of one bench `table.BENCH`, `details.BENCH`, `plots.BENCH`; of one result `RESULT.ours`,
 * `.reference`, `.ratio` and `.spread`.
 */
export function passages(reports: readonly StoredReport[]): Map<string, string> {
  const all = reports.filter(({ scale }) => scale === 1);
  const results = all.flatMap((report) => report.results);
  return new Map([
    ["all", markdownTable(tableRows(results))],
    ["missed", missedList(results)],
    ["details", `${all.flatMap(detailTables).join("\n\n")}\n`],
    ["plots", `${all.flatMap(images).join("\n\n")}\n`],
    ["about", aboutList(reports)],
    ["growth", growthTable(reports)],
    ...all.flatMap(ofReport),
    ...results.flatMap(ofResult),
  ]);
}

function ofReport(report: StoredReport): [string, string][] {
  return [
    [`table.${report.bench}`, markdownTable(tableRows(report.results))],
    [`details.${report.bench}`, `${detailTables(report).join("\n\n")}\n`],
    [`plots.${report.bench}`, `${images(report).join("\n\n")}\n`],
  ];
}

function detailTables({ tables = [] }: StoredReport): string[] {
  return tables.map(({ title, rows }) => `${title}:\n\n${markdownTable(rows)}`);
}

function images({ plots = [] }: StoredReport): string[] {
  return plots.map(({ name, title }) => `![${title}](performance/${name}.svg)`);
}

function aboutList(reports: readonly StoredReport[]): string {
  const lines = reports.map(
    ({ bench, measuredAt, machine, rounds, scale }) =>
      `- \`${bench}\`: ${measuredAt.slice(0, 16).replace("T", " ")} UTC, ${machine}, rounds × ${rounds}, scale ${scale}`,
  );
  return `${lines.join("\n")}\n`;
}

/** What one piece of work costs at each scale that was measured, of the benches that were run at more than one. */
function growthTable(reports: readonly StoredReport[]): string {
  const scales = [...new Set(reports.map(({ scale }) => scale))];
  const grown = reports.filter(({ scale }) => scale > 1).map(({ bench }) => bench);
  const names = new Set(
    reports.filter(({ bench }) => grown.includes(bench)).flatMap(({ results }) => results.map(({ name }) => name)),
  );
  const at = (name: string, wanted: number) => {
    const found = reports
      .filter(({ scale }) => scale === wanted)
      .flatMap(({ results }) => results.filter((result) => result.name === name));
    return found.map(({ ours, unit }) => `${figure(ours)} ${unit}`).join();
  };
  return markdownTable([
    ["", ...scales.map((scale) => `× ${scale}`)],
    ...[...names].map((name) => [`\`${name}\``, ...scales.map((scale) => at(name, scale))]),
  ]);
}

function ofResult({ name, ours, reference, ratio, spread, unit }: BenchResult): [string, string][] {
  return [
    [`${name}.ours`, `${figure(ours)} ${unit}`],
    [`${name}.reference`, reference === null ? "none" : `${figure(reference)} ${unit}`],
    [`${name}.ratio`, ratio === null ? "none" : ratio.toFixed(2)],
    [`${name}.spread`, formatSpread(spread)],
  ];
}

function missedList(results: readonly BenchResult[]): string {
  const missed = results.filter((result) => !isKept(result));
  const lines = missed.map(({ what, against, ratio, ours, limit, limitOn, unit, note }) => {
    const reached = limitOn === "ratio" ? `${ratio?.toFixed(3)} of ${against}` : `${figure(ours)} ${unit}`;
    return `- **${what}**: ${reached}, at most ${limit} was wanted. ${note}`;
  });
  return `${lines.length === 0 ? "Every limit is kept." : lines.join("\n")}\n`;
}

function markdownTable(rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const [headings = [], ...rest] = rows;
  return [line(headings), line(headings.map(() => "---")), ...rest.map(line)].join("\n");
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { loadReports } from "#bench/report/results-folder.ts";
import { drawPlot } from "./draw-plot.ts";
import { fillMarkers } from "./fill-markers.ts";
import { passages } from "./passages.ts";

const root = resolve(import.meta.dirname, "../..");

/** What `bench/results` makes of the documents and plots that are not current, by their path. Throws where one quotes what no result has. */
export function staleDocuments(): Map<string, string> {
  const reports = loadReports();
  const texts = passages(reports);
  const files = ["docs/performance.md", "README.md"].map((file): [string, string] => {
    return [file, fillMarkers(readFileSync(resolve(root, file), "utf8"), texts, file)];
  });
  const plots = reports.filter(({ scale }) => scale === 1).flatMap((report) => report.plots ?? []);
  const drawn = plots.map((plot): [string, string] => [`docs/performance/${plot.name}.svg`, drawPlot(plot)]);
  return new Map([...files, ...drawn].filter(([file, text]) => !isCurrent(resolve(root, file), text)));
}

/** Writes them, and returns their paths. */
export function writeDocuments(): string[] {
  const stale = staleDocuments();
  mkdirSync(resolve(root, "docs/performance"), { recursive: true });
  for (const [file, text] of stale) {
    writeFileSync(resolve(root, file), text);
  }
  return [...stale.keys()];
}

function isCurrent(path: string, text: string): boolean {
  return existsSync(path) && readFileSync(path, "utf8") === text;
}

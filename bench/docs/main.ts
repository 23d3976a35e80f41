import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadReports } from "#bench/report/results-folder.ts";
import { drawPlot } from "./draw-plot.ts";
import { fillMarkers } from "./fill-markers.ts";
import { passages } from "./passages.ts";

/*
 * `npm run docs:performance`: writes what `bench/results` holds into the marked passages of docs/performance.md and README.md, and
 * the plots beside them. `-- --check` writes nothing, and fails when anything is not current.
 */

const { values } = parseArgs({ options: { check: { type: "boolean" } } });
const root = resolve(import.meta.dirname, "../..");
const reports = loadReports();
const texts = passages(reports);
const files = new Map<string, string>();
for (const file of ["docs/performance.md", "README.md"]) {
  files.set(file, fillMarkers(readFileSync(resolve(root, file), "utf8"), texts, file));
}
for (const plot of [...reports.values()].flatMap(({ plots = [] }) => plots)) {
  files.set(`docs/performance/${plot.name}.svg`, drawPlot(plot));
}
const stale = [...files].filter(([file, text]) => readOrEmpty(resolve(root, file)) !== text).map(([file]) => file);
if (values.check && stale.length > 0) {
  console.error(`not current: ${stale.join(", ")}; npm run docs:performance writes them`);
  process.exitCode = 1;
} else if (!values.check) {
  mkdirSync(resolve(root, "docs/performance"), { recursive: true });
  for (const file of stale) {
    writeFileSync(resolve(root, file), files.get(file) ?? "");
  }
  console.log(stale.length === 0 ? "all is current" : `wrote ${stale.join(", ")}`);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return "";
    }
    throw error;
  }
}

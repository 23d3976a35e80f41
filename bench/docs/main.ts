import { parseArgs } from "node:util";
import { staleDocuments, writeDocuments } from "./write-documents.ts";

/*
 * `npm run docs:performance`: writes what `bench/results` holds into the marked passages of docs/performance.md and README.md, and
 * the plots beside them. `-- --check` writes nothing, and fails when anything is not current.
 */

const { values } = parseArgs({ options: { check: { type: "boolean" } } });
if (values.check) {
  const stale = [...staleDocuments().keys()];
  if (stale.length > 0) {
    console.error(`not current: ${stale.join(", ")}; npm run docs:performance writes them`);
    process.exitCode = 1;
  }
} else {
  const written = writeDocuments();
  console.log(written.length === 0 ? "all is current" : `wrote ${written.join(", ")}`);
}

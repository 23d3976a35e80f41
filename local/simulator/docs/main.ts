import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTables } from "./doc-tables.ts";

/** npm run docs:simulator: writes the tables of docs/simulator.md anew from the code. */
const path = join(import.meta.dirname, "..", "..", "..", "docs", "simulator.md");
writeFileSync(path, withTables(readFileSync(path, "utf8")));

import { enableCompileCache } from "node:module";
import { join } from "node:path";

/** The program behind `npm start`. It looks at Node first, before anything is loaded that an older one can't run. */
const oldestNode = 24;

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  console.error(`Node ${oldestNode} or newer is needed, this is ${process.version}: start the sandbox with npm start.`);
  process.exit(1);
}
// Takes a third off every start but the first.
enableCompileCache(join(import.meta.dirname, "..", "..", "node_modules", ".cache", "compiled"));
const { runSandbox } = await import("./run-sandbox.ts");
process.exit(await runSandbox(process.argv.slice(2)));

import { SourceMap } from "node:module";
import { resolve } from "node:path";
import { type FunctionName, projectRoot } from "#cdk/bundle.ts";
import { bundleFunction } from "#local/bundles/build-bundles.ts";

/** A place in a bundle as stack traces have it, both counted from 1. */
export type Place = { line: number; column: number };

/**
 * The line of the sources that a place in a function's bundle comes from, as `file:line`, null where there is none. It builds
 * the bundle again, with the source map that is not deployed: right only for the commit that is checked out.
 */
export async function findLine(functionName: FunctionName, { line, column }: Place): Promise<string | null> {
  const { map } = await bundleFunction(functionName, { sourcemap: "external", sourcesContent: false });
  const entry = new SourceMap(JSON.parse(map ?? "{}")).findEntry(line - 1, column - 1);
  return "originalSource" in entry
    ? `${resolve(projectRoot, entry.originalSource).slice(projectRoot.length + 1)}:${entry.originalLine + 1}`
    : null;
}

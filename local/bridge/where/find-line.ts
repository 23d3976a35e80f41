import { SourceMap } from "node:module";
import { resolve } from "node:path";
import { build } from "esbuild";
import { bundleFile, bundleOptions, type FunctionName, handlerFile, projectRoot } from "#cdk/bundle.ts";

/** A place in a bundle as stack traces have it, both counted from 1. */
export type Place = { line: number; column: number };

/**
 * The line of the sources that a place in a function's bundle comes from, as `file:line`, null where there is none. It builds
 * the bundle again, with the source map that is not deployed: right only for the commit that is checked out.
 */
export async function findLine(functionName: FunctionName, { line, column }: Place): Promise<string | null> {
  const { outputFiles } = await build({
    ...bundleOptions,
    mainFields: [...bundleOptions.mainFields],
    bundle: true,
    platform: "node",
    absWorkingDir: projectRoot,
    entryPoints: [handlerFile(functionName)],
    outfile: bundleFile,
    write: false,
    sourcemap: "external",
    sourcesContent: false,
  });
  const text = outputFiles.find(({ path }) => path.endsWith(".map"))?.text ?? "{}";
  const entry = new SourceMap(JSON.parse(text)).findEntry(line - 1, column - 1);
  return "originalSource" in entry
    ? `${resolve(projectRoot, entry.originalSource).slice(projectRoot.length + 1)}:${entry.originalLine + 1}`
    : null;
}

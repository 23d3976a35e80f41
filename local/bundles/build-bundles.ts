import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { bundleFile, bundleOptions, type FunctionName, handlerFile, projectRoot } from "#cdk/bundle.ts";

export const bundlesFolder = resolve(projectRoot, "node_modules", ".cache", "blocket-bridge-bundles");

/**
 * One function's bundle exactly as it is deployed, and what it is made of; `changes` are for who asks where a line comes from, or
 * what it would be without something. `map` is null unless they ask for one. Throws esbuild's `BuildFailure`.
 */
export async function bundleFunction(functionName: FunctionName, changes: BuildOptions = {}) {
  const { outputFiles, metafile } = await build({
    ...bundleOptions,
    mainFields: [...bundleOptions.mainFields],
    bundle: true,
    platform: "node",
    absWorkingDir: projectRoot,
    entryPoints: [handlerFile(functionName)],
    outfile: bundleFile,
    ...changes,
    write: false,
    metafile: true,
  });
  const [map] = outputFiles.filter(({ path }) => path.endsWith(".map"));
  const [code] = outputFiles.filter((file) => file !== map);
  return { contents: code?.contents ?? new Uint8Array(), map: map?.text ?? null, metafile };
}

/** Writes one function's bundle to the cache, and returns the absolute path of its `index.mjs`. */
export async function buildBundle(functionName: FunctionName): Promise<string> {
  const { contents } = await bundleFunction(functionName);
  const file = resolve(bundlesFolder, functionName, bundleFile);
  await writeWhole(file, contents);
  return file;
}

/** All bundles, by function. */
export async function buildBundles(): Promise<Record<FunctionName, string>> {
  const [receive, submit, poll, status] = await Promise.all([
    buildBundle("receive"),
    buildBundle("submit"),
    buildBundle("poll"),
    buildBundle("status"),
  ]);
  return { receive, submit, poll, status };
}

/**
 * Writes a file, and its folder, in one move, so that nobody imports what another has half written; what else was linked to the
 * old file keeps it.
 */
export async function writeWhole(file: string, contents: Uint8Array): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(draft, contents);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

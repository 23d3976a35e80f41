import { resolve } from "node:path";
import { build, type Metafile } from "esbuild";
import { projectRoot } from "#cdk/bundle.ts";
import { writeWhole } from "#local/bundles/build-bundles.ts";

export const referenceNames = ["basic", "powertools", "floor"] as const;
export type ReferenceName = (typeof referenceNames)[number];

export type BuiltBundle = { file: string; bytes: number; metafile: Metafile };

/**
 * Bundles a reference the usual way: as CDK's NodejsFunction does unless it is told otherwise (CommonJS, the packages' own
 * CommonJS builds), minified, with the SDK in it as it is in ours.
 */
export async function buildReference(name: ReferenceName): Promise<BuiltBundle> {
  const file = resolve(projectRoot, "node_modules", ".cache", "blocket-bridge-references", name, "index.cjs");
  const { metafile, outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [resolve(import.meta.dirname, `${name}.ts`)],
    outfile: file,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    metafile: true,
    write: false,
    logLevel: "error",
  });
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  await writeWhole(file, contents);
  return { file, bytes: contents.length, metafile };
}

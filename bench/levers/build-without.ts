import { resolve } from "node:path";
import { bundleFile, projectRoot } from "#cdk/bundle.ts";
import { bundleFunction, writeWhole } from "#local/bundles/build-bundles.ts";
import type { Lever } from "./levers.ts";

const folder = resolve(projectRoot, "node_modules", ".cache", "blocket-bridge-levers");

/** Writes `receive` without the lever, and returns its file and size. */
export async function buildWithout({ name, change }: Lever): Promise<{ file: string; bytes: number }> {
  const { contents } = await bundleFunction("receive", change);
  const file = resolve(folder, name.replaceAll(/[^a-z]+/gi, "-"), bundleFile);
  await writeWhole(file, contents);
  return { file, bytes: contents.length };
}

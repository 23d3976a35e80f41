import { appendFile, cp, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "#cdk/bundle.ts";
import { runProgram } from "./run-program.ts";
import type { Release } from "./stage.ts";

const app = "test/deploy/app.ts";
const synthesized = ["cdk", "functions", "shared", "local", "test", "package.json", "package-lock.json", "cdk.json"];

/** A cloud assembly: what a release is made of, bundles and templates, ready to be deployed. */
export type Assembly = { folder: string };

export type SynthOptions = { release: Release; marketplaceUrl: string; folder: string; stop: AbortSignal };

/** Synthesizes a release under the folder, as `cdk synth` does it for any stage. */
export async function synthesizeRelease(options: SynthOptions): Promise<Assembly> {
  const { release, marketplaceUrl, folder, stop } = options;
  const sources = release === "first" ? projectRoot : await copyWithOtherCode(folder);
  const assembly = join(folder, `assembly-${release}`);
  const context = ["--context", `release=${release}`, "--context", `marketplaceUrl=${marketplaceUrl}`];
  await runProgram({
    command: process.execPath,
    args: [cdkProgram, "synth", "--quiet", "--app", `${process.execPath} ${app}`, "--output", assembly, ...context],
    env: process.env,
    cwd: sources,
    stop,
  });
  return { folder: assembly };
}

export const cdkProgram = join(projectRoot, "node_modules", "aws-cdk", "bin", "cdk");

/** The project with a change in every function, so that each has a bundle of its own in the second release. */
async function copyWithOtherCode(folder: string): Promise<string> {
  const copy = join(folder, "second-release");
  await Promise.all(synthesized.map((name) => cp(join(projectRoot, name), join(copy, name), { recursive: true })));
  await symlink(join(projectRoot, "node_modules"), join(copy, "node_modules"));
  const functions = await readdir(join(copy, "functions"));
  await Promise.all(
    functions.map((name) =>
      appendFile(join(copy, "functions", name, "handler.ts"), '\nexport const release = "second";\n'),
    ),
  );
  return copy;
}

import { execFile } from "node:child_process";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const projectRoot = resolve(import.meta.dirname, "../..");
const packages = join(projectRoot, "node_modules");

/** What a listener has of its own, beside the package: taken from this project, so that nothing is fetched. */
const peers = ["@aws-sdk/client-dynamodb", "@types/node", "aws-cdk-lib", "constructs", "esbuild"];

type Run = { cwd: string; env?: Record<string, string>; input?: string };

/** Runs a program to its end and returns what it printed. Rejects with all of that when it fails. */
export async function runToEnd(command: string, args: readonly string[], { cwd, env = {}, input = "" }: Run) {
  const running = promisify(execFile)(command, [...args], { cwd, env: { ...process.env, ...env } });
  running.child.stdin?.end(input);
  try {
    return (await running).stdout;
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")} failed: ${stdout}${stderr}`, { cause });
  }
}

/** Packs the package for listeners and installs it, with npm and without a network, beside the example in `folder`. */
export async function installExample(folder: string): Promise<void> {
  await runToEnd(process.execPath, ["tools/package/main.ts", "--to", join(folder, "packed")], { cwd: projectRoot });
  const packed = JSON.parse(await readFile(join(folder, "packed/package/package.json"), "utf8"));
  await cp(join(import.meta.dirname, "example"), folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const overrides = { zod: `file:${join(packages, "zod")}` };
  await writeFile(join(folder, "package.json"), JSON.stringify({ ...manifest, overrides }));
  const quiet = ["--offline", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps", "--loglevel=error"];
  const tarball = join(folder, "packed", `${packed.name}-${packed.version}.tgz`);
  await runToEnd("npm", ["install", ...quiet, tarball], { cwd: folder });
  for (const name of peers) {
    await mkdir(dirname(join(folder, "node_modules", name)), { recursive: true });
    await symlink(join(packages, name), join(folder, "node_modules", name));
  }
}

/** Throws where the example, or a line that is put into it, does not fit the types of the package. */
export async function checkTypes(folder: string): Promise<void> {
  await runToEnd(process.execPath, [join(packages, "typescript/bin/tsc"), "--project", folder], { cwd: folder });
}

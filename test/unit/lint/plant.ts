import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const biome = join(root, "node_modules/@biomejs/biome/bin/biome");

/** Path within the tree, and source. */
export type Planted = Record<string, string>;

/** The rules that fired, by path. */
export type Findings = Map<string, string[]>;

/** Lints a tree of planted files under this repository's own biome.json, in a directory of its own. */
export async function lintPlanted(files: Planted): Promise<Findings> {
  const directory = await mkdtemp(join(tmpdir(), "lint-rules-"));
  try {
    await copyFile(join(root, "biome.json"), join(directory, "biome.json"));
    await copyFile(join(root, "package.json"), join(directory, "package.json"));
    await writeFile(join(directory, ".gitignore"), "node_modules\n");
    for (const [path, source] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), source);
    }
    return findingsOf(await runBiome(directory));
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Biome ends with 1 when it finds something, which here is the point. */
async function runBiome(directory: string): Promise<string> {
  const call = promisify(execFile)(
    process.execPath,
    [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."],
    {
      cwd: directory,
      maxBuffer: 16 * 1024 * 1024,
    },
  );
  const { stdout, stderr } = await call.catch((error: { stdout: string; stderr: string }) => error);
  if (!stdout.startsWith("{")) {
    throw new Error(`biome gave no report: ${stderr}`);
  }
  return stdout;
}

function findingsOf(report: string): Findings {
  const { diagnostics } = JSON.parse(report) as { diagnostics: { category: string; location: { path: string } }[] };
  const findings: Findings = new Map();
  for (const { category, location } of diagnostics) {
    findings.set(location.path, [...(findings.get(location.path) ?? []), category]);
  }
  return findings;
}

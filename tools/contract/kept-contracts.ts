import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildContract, projectRoot } from "./build-contract.ts";

/** Where each version has a folder of what it wrote, kept by `npm run golden`. */
export const versionsFolder = join(projectRoot, "test/golden/versions");

/** The contract as a version published it; `read` gives one of its files by its path in the project, null where it had none. */
export type KeptContract = { version: string; read(path: string): string | null };

/** Every contract that is kept. They are committed, so that a clone without history has them too. */
export function keptContracts(folder = versionsFolder): KeptContract[] {
  return readdirSync(folder).map((version) => ({
    version,
    read: (path) => {
      const file = fileOf(join(folder, version), path);
      return existsSync(file) ? readFileSync(file, "utf8") : null;
    },
  }));
}

/** Keeps the contract of today's source in a version's folder. Throws where it is there already: what was published stays so. */
export async function keepContract(folder: string): Promise<void> {
  const files = [...(await buildContract())].filter(([path]) => path.endsWith(".json"));
  mkdirSync(join(folder, "contract"), { recursive: true });
  for (const [path, content] of files) {
    writeFileSync(fileOf(folder, path), content, { flag: "wx" });
  }
}

const fileOf = (folder: string, path: string) => join(folder, "contract", basename(path));

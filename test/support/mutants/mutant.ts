import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A change of a source file: the text `find` stands in it exactly once. */
export type Edit = { file: string; find: string; replace: string };

/** A fault put into the source on purpose, which the tests must notice. */
export type Mutant = { name: string; edits: readonly Edit[] };

const root = resolve(import.meta.dirname, "../../..");
const copied = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "vitest.config.ts",
  "cdk.json",
  "docs/operations.md",
];
const folders = ["shared", "functions", "local", "cdk", "test"];

/** A copy of the source tree, without what is installed, in which mutants can live. */
export type Tree = { path: string; remove(): void };

export function copyTree(): Tree {
  const path = mkdtempSync(join(tmpdir(), "mutants-"));
  for (const name of [...copied, ...folders]) {
    cpSync(join(root, name), join(path, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(path, "node_modules"));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** Puts a mutant into a tree; what is returned takes it out again. Throws where its text isn't found exactly once. */
export function infect({ path }: Tree, { name, edits }: Mutant): () => void {
  const originals = new Map<string, string>();
  for (const edit of edits) {
    const file = join(path, edit.file);
    const text = readFileSync(file, "utf8");
    const changed = applyEdit(text, edit);
    if (changed === null) {
      throw new Error(`mutant "${name}": its text is not found once in ${edit.file}:\n${edit.find}`);
    }
    originals.set(file, originals.get(file) ?? text);
    writeFileSync(file, changed);
  }
  return () => {
    for (const [file, text] of originals) {
      writeFileSync(file, text);
    }
  };
}

/** Edits of the project's own source that would not find their text exactly once, in words. */
export function findLostEdits(mutants: readonly Mutant[]): string[] {
  return mutants.flatMap(({ name, edits }) =>
    edits
      .filter((edit) => applyEdit(readFileSync(join(root, edit.file), "utf8"), edit) === null)
      .map(({ file, find }) => `${name}: not once in ${file}: ${find}`),
  );
}

function applyEdit(text: string, { find, replace }: Edit): string | null {
  const parts = text.split(find);
  return parts.length === 2 ? parts.join(replace) : null;
}

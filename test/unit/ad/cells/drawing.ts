import { readFileSync } from "node:fs";
import { join } from "node:path";

const page = join(import.meta.dirname, "../../../../docs/architecture.md");

/** The transitions between phases that the page draws of a submission, each once, sorted; not how it begins and is gone. */
export function readDrawing(): string[] {
  const drawing = /### A submission[\s\S]*?```mermaid([\s\S]*?)```/.exec(readFileSync(page, "utf8"))?.[1] ?? "";
  const drawn = drawing.matchAll(/^ *([\w-]+) --> ([\w-]+):/gm);
  return [...new Set([...drawn].map(([, from = "", to = ""]) => `${nameOf(from)} --> ${nameOf(to)}`))].sort();
}

/** Mermaid takes no hyphen in a state's name. */
function nameOf(state: string): string {
  return state.replace("_", "-");
}

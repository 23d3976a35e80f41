import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Journal } from "./journal.ts";

/** Whole lines of a file that may be larger than the longest string. What follows the last newline is torn: left out. */
function* readLines(path: string): Generator<string> {
  const bytes = readFileSync(path, { flag: "a+" });
  for (let start = 0; ; ) {
    const end = bytes.indexOf(10, start);
    if (end < 0) return;
    yield bytes.toString("utf8", start, end);
    start = end + 1;
  }
}

/**
 * A journal of JSON lines, `simulator.journal` in a directory that is made if need be. What was appended survives the
 * death of the process; for a power cut there is no promise, as nothing waits for the disk.
 */
export function fileJournal(directory: string): Journal & { close(): void } {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, "simulator.journal");
  const draftPath = `${path}.draft`;
  let file = openSync(path, "a");
  return {
    load: () => readLines(path),
    replace: (lines) => {
      rmSync(draftPath, { force: true });
      const draft = openSync(draftPath, "a");
      for (const line of lines) appendFileSync(draft, `${line}\n`);
      renameSync(draftPath, path);
      closeSync(file);
      file = draft;
    },
    append: (line) => appendFileSync(file, `${line}\n`),
    close: () => closeSync(file),
  };
}

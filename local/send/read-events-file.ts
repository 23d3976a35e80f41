import { readFileSync } from "node:fs";

/** The text of a file with inventory events, or of standard input for `-`. Throws one sentence when it isn't JSON. */
export function readEventsFile(file: string): string {
  const text = readText(file);
  try {
    JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${nameOf(file)} is not JSON: ${reason}`, { cause });
  }
  return text;
}

function readText(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason = code === "ENOENT" ? "there is no such file" : String((cause as Error).message);
    throw new Error(`cannot read ${nameOf(file)}: ${reason}`, { cause });
  }
}

function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

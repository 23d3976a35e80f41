import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Makes the directory if it is missing and claims it for this process. The claim is a lock that the operating system takes
 * back when the process ends, however it ends, so none is ever left behind. Throws one sentence when another has it.
 */
export function lockDirectory(dir: string): { release(): void } {
  try {
    mkdirSync(dir, { recursive: true });
    const lock = new DatabaseSync(join(dir, "lock.sqlite"));
    lock.exec("BEGIN EXCLUSIVE");
    return { release: () => lock.close() };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (reason.includes("database is locked")) {
      throw new Error(`another sandbox is using ${dir}: stop it, or set SANDBOX_DIR to another directory`, { cause });
    }
    throw new Error(`cannot keep the sandbox's state in ${dir}: ${reason}`, { cause });
  }
}

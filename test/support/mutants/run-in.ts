import { spawn } from "node:child_process";

/**
 * Has this Node run something in a folder, to its end; what it wrote to stdout and stderr, as it came. A failure is no error here:
 * a mutant is there to be failed on.
 */
export function runIn(cwd: string, command: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, command, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => void chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => void chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(Buffer.concat(chunks).toString()));
  });
}

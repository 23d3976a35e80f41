import { join } from "node:path";
import { runProgram } from "./run-program.ts";

const emulatorFolder = join(import.meta.dirname, "emulator");

export type Python = {
  /** The environment's own interpreter. */
  command: string;
  /** Where `account.py` and `ask.py` are. */
  programs: string;
  version: string;
};

/**
 * Makes a virtual environment with the emulator in it: the versions and hashes of `emulator/requirements.txt`, no other. The
 * machine's pip fills it, because a Python may come without the parts that give an environment a pip of its own.
 */
export async function makePythonEnvironment(folder: string, stop: AbortSignal): Promise<Python> {
  const at = join(folder, "python");
  const command = join(at, "bin", "python");
  const run = (program: string, args: string[]) =>
    runProgram({ command: program, args, env: process.env, cwd: folder, stop });
  await run("python3", ["-m", "venv", "--without-pip", at]);
  const requirements = ["--require-hashes", "--requirement", join(emulatorFolder, "requirements.txt")];
  await run("python3", ["-m", "pip", "--python", command, "install", "--quiet", "--no-input", ...requirements]);
  const version = await run(command, ["-c", "from importlib.metadata import version; print(version('ministack'))"]);
  return { command, programs: emulatorFolder, version: version.trim() };
}

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

/** Makes a virtual environment with the emulator in it: the versions and hashes of `emulator/requirements.txt`, no other. */
export async function makePythonEnvironment(folder: string, stop: AbortSignal): Promise<Python> {
  const at = join(folder, "python");
  const run = (command: string, args: string[]) => runProgram({ command, args, env: process.env, cwd: folder, stop });
  await run("python3", ["-m", "venv", at]);
  const command = join(at, "bin", "python");
  const requirements = join(emulatorFolder, "requirements.txt");
  const quiet = ["--quiet", "--no-input", "--disable-pip-version-check"];
  await run(command, ["-m", "pip", "install", ...quiet, "--require-hashes", "--requirement", requirements]);
  const version = await run(command, ["-c", "from importlib.metadata import version; print(version('ministack'))"]);
  return { command, programs: emulatorFolder, version: version.trim() };
}

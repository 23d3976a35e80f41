import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";

export type Program = {
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Ends the program, and all that it has started. */
  stop: AbortSignal;
};

const lastCharacters = 2_000;
const graceMs = 5_000;

/**
 * Runs a program to its end and gives what it wrote to stdout. Rejects with one sentence and the end of its output when it
 * fails. It has a process group of its own, so that nothing it starts outlives it when it is stopped.
 */
export async function runProgram(program: Program): Promise<string> {
  const child = startGroup(program, ["ignore", "pipe", "pipe"]);
  let stdout = "";
  let all = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    all += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (all += text));
  const closed = once(child, "close");
  try {
    const [code] = await Promise.race([closed, rejectOnAbort(program.stop)]);
    if (code !== 0) {
      const name = [program.command, ...program.args.slice(0, 3)].join(" ");
      throw new Error(`${name} … ended with ${code}:\n${all.slice(-lastCharacters)}`);
    }
    return stdout;
  } finally {
    await endGroup(child);
  }
}

/** Starts a program as the head of a process group. */
export function startGroup({ command, args, env, cwd }: Omit<Program, "stop">, stdio: SpawnOptions["stdio"]) {
  return spawn(command, args, { cwd, env, stdio: stdio ?? "ignore", detached: true });
}

/**
 * Ends a group that `startGroup` started, by its id, and waits until nothing of it is left. Not for ever: where nobody collects
 * them, even dead processes count.
 */
export async function endGroup({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) {
    return;
  }
  const startedAt = Date.now();
  const age = () => Date.now() - startedAt;
  while (signalGroup(pid, age() < graceMs ? "SIGTERM" : "SIGKILL") && age() < 2 * graceMs) {
    await wait(50);
  }
}

/** Whether there was anything left to signal. */
function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") {
      return false;
    }
    throw error;
  }
}

/** Never fulfils; rejects with the reason as soon as the signal is aborted. */
export async function rejectOnAbort(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) {
    await once(signal, "abort");
  }
  throw signal.reason;
}

/** Does several things side by side. When one fails the others are stopped, and have ended before this rejects. */
export async function sideBySide<const T extends readonly Promise<unknown>[]>(
  stop: AbortSignal,
  start: (stop: AbortSignal) => T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  const failed = new AbortController();
  const all = start(AbortSignal.any([stop, failed.signal]));
  try {
    return await Promise.all(all);
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(all);
    throw error;
  }
}

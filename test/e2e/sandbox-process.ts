import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Output is read by tests: no colours, whatever the terminal or CI would get. */
const plain = { NO_COLOR: "1", FORCE_COLOR: undefined };

const root = resolve(import.meta.dirname, "..", "..");
const program = { sandbox: "local/sandbox/main.ts", send: "local/send/main.ts", bridge: "local/bridge/main.ts" };

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type ProgramRun = {
  pid: number;
  stdout(): string;
  stderr(): string;
  exited: Promise<Exit>;
  /** The first line of stdout that fits, as soon as it is there; rejects when the program ends without it. */
  findLine(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends a signal and waits for the end; SIGKILL unless told. */
  end(signal?: NodeJS.Signals): Promise<Exit>;
  [Symbol.asyncDispose](): Promise<void>;
};

type RunOptions = { args?: readonly string[]; env?: Record<string, string>; input?: string };

/** Runs one of the programs of `local/` as a process of its own, with free ports unless told otherwise. */
export function run(name: keyof typeof program, { args = [], env = {}, input }: RunOptions = {}): ProgramRun {
  const child = spawn(process.execPath, [program[name], ...args], {
    cwd: root,
    // As under npm, a program then ends with the process that started it: none outlives a test run that was cut short.
    env: { ...process.env, ...plain, npm_lifecycle_event: "start", PORT: "0", SIMULATOR_PORT: "0", ...env },
    stdio: "pipe",
  });
  child.stdin.end(input);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const exited = once(child, "close").then(([code, signal]) => ({ code, signal }) as Exit);
  const end = (signal: NodeJS.Signals = "SIGKILL") => {
    child.kill(signal);
    return exited;
  };
  return {
    pid: child.pid ?? 0,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    exited,
    findLine: (pattern) => findLine({ child, exited, output }, pattern),
    end,
    [Symbol.asyncDispose]: async () => {
      await end();
    },
  };
}

type Watched = { child: ChildProcess; exited: Promise<Exit>; output: { stdout: string; stderr: string } };

async function findLine({ child, exited, output }: Watched, pattern: RegExp): Promise<RegExpExecArray> {
  const ended = exited.then(({ code }) => {
    throw new Error(`the program ended with ${code} and never said ${pattern}: ${output.stdout}${output.stderr}`);
  });
  ended.catch(() => {});
  for (;;) {
    const found = pattern.exec(output.stdout);
    if (found !== null) {
      return found;
    }
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, "data"), ended]);
  }
}

export type RunningSandbox = ProgramRun & { bridgeUrl: string; simulatorUrl: string };

/** Starts a sandbox and waits until it is ready. */
export async function startSandboxProcess(options: RunOptions = {}): Promise<RunningSandbox> {
  const sandbox = run("sandbox", options);
  const [, bridgeUrl = ""] = await sandbox.findLine(/^bridge listening on (http:\/\/127\.0\.0\.1:\d+)$/m);
  const [, simulatorUrl = ""] = await sandbox.findLine(/^simulator listening on (http:\/\/127\.0\.0\.1:\d+)$/m);
  return { ...sandbox, bridgeUrl, simulatorUrl };
}

/** A directory that is gone at the end of the block. */
export async function temporaryDirectory(): Promise<{ path: string; [Symbol.asyncDispose](): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "blocket-bridge-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

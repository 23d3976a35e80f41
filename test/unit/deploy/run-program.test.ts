import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { endGroup, runProgram, sideBySide, startGroup } from "#test/deploy/run-program.ts";

const never = new AbortController().signal;
const shell = (script: string, stop = never) =>
  runProgram({ command: "sh", args: ["-c", script], env: process.env, cwd: "/", stop });

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isRunning(pid)) {
    await wait(10);
  }
}

describe("runProgram", () => {
  it("gives what the program wrote to stdout alone", async () => {
    expect(await shell("echo told; echo noise >&2")).toBe("told\n");
  });

  it("tells how a program failed by the end of its output", async () => {
    await expect(shell("echo reason >&2; exit 3")).rejects.toThrow(/^sh -c .* ended with 3:\nreason\n$/);
  });

  it("says which program there is not", async () => {
    const missing = runProgram({ command: "no-such-program", args: [], env: {}, cwd: "/", stop: never });
    await expect(missing).rejects.toThrow(/no-such-program/);
  });

  it("leaves nothing of a program that is stopped, nor of what it started", async () => {
    const child = startGroup({ command: "sh", args: ["-c", "sleep 300 & echo $!; wait"], env: process.env, cwd: "/" }, [
      "ignore",
      "pipe",
      "ignore",
    ]);
    const [line] = await once(child.stdout as NodeJS.ReadableStream, "data");
    const grandchild = Number(String(line));
    expect(isRunning(grandchild)).toBe(true);
    await endGroup(child);
    await untilGone(grandchild);
  });

  it("ends when it is told to", async () => {
    const stop = new AbortController();
    const running = shell("sleep 300", stop.signal);
    stop.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
  });
});

describe("sideBySide", () => {
  it("gives all results", async () => {
    expect(await sideBySide(never, () => [Promise.resolve(1), Promise.resolve("two")])).toEqual([1, "two"]);
  });

  it("stops the others when one fails, and waits for their end", async () => {
    let hasEnded = false;
    const both = sideBySide(never, (stop) => [
      Promise.reject(new Error("the first")),
      shell("sleep 300", stop).finally(() => {
        hasEnded = true;
      }),
    ]);
    await expect(both).rejects.toThrow("the first");
    expect(hasEnded).toBe(true);
  });
});

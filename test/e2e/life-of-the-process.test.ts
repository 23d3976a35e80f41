import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { upserted } from "./sample-events.ts";
import { run, startSandboxProcess, temporaryDirectory } from "./sandbox-process.ts";
import { followAdEvents } from "./sandbox-views.ts";

const noStock = ["--no-stock"];
const oneSentence = (text: string) => text.trimEnd().split("\n").length === 1;

describe("a sandbox that can't start", () => {
  it("says in one sentence which port is taken, or which directory, and leaves with 1", async () => {
    await using directory = await temporaryDirectory();
    await using first = await startSandboxProcess({ args: noStock, env: { SANDBOX_DIR: directory.path } });
    const port = new URL(first.bridgeUrl).port;
    const simulatorPort = new URL(first.simulatorUrl).port;
    const attempts = [
      [{ PORT: port }, `port ${port} is already in use: set PORT`],
      [{ SIMULATOR_PORT: simulatorPort }, `port ${simulatorPort} is already in use: set SIMULATOR_PORT`],
      [{ SANDBOX_DIR: directory.path }, `another sandbox is using ${directory.path}`],
    ] as const;
    for (const [env, sentence] of attempts) {
      await using second = run("sandbox", { env });
      expect(await second.exited).toEqual({ code: 1, signal: null });
      expect(second.stdout()).toBe("");
      expect(second.stderr()).toContain(sentence);
      expect(second.stderr()).toSatisfy(oneSentence);
    }
  });

  it.each([
    ["a port that is none", { env: { PORT: "many" } }, 'PORT must be a port from 0 to 65535, not "many"'],
    ["a directory that can't be one", { env: { SANDBOX_DIR: "/dev/null/x" } }, "cannot keep the sandbox's state in"],
    ["an unknown argument", { args: ["--fast"] }, 'unknown argument in "--fast"'],
  ])("says in one sentence what is wrong: %s", async (_, options, sentence) => {
    await using program = run("sandbox", options);
    expect(await program.exited).toEqual({ code: 1, signal: null });
    expect(program.stderr()).toContain(sentence);
    expect(program.stderr()).toSatisfy(oneSentence);
  });
});

describe("Ctrl-C", () => {
  it("ends a sandbox with everything that listened, also while somebody follows the bus", async () => {
    await using sandbox = await startSandboxProcess({ args: noStock });
    const followed = await fetch(`${sandbox.bridgeUrl}/sandbox/ad-events?follow`);
    expect(await sandbox.end("SIGINT")).toEqual({ code: 0, signal: null });
    await expect(followed.text()).rejects.toThrow();
    await expect(fetch(sandbox.bridgeUrl)).rejects.toThrow();
    await expect(fetch(sandbox.simulatorUrl)).rejects.toThrow();
    expect(() => process.kill(sandbox.pid, 0)).toThrow(/ESRCH/);
  });

  it("ends it while it plays its stock, and then --exit is no success", async () => {
    await using sandbox = await startSandboxProcess({ args: ["--exit"] });
    await sandbox.findLine(/playing/);
    expect(await sandbox.end("SIGINT")).toEqual({ code: 130, signal: null });
  });
});

describe("npm run send", () => {
  it("signs a file and posts it, and the ad event comes", async () => {
    await using sandbox = await startSandboxProcess({ args: noStock });
    const env = { PORT: new URL(sandbox.bridgeUrl).port };
    await using sent = run("send", { args: ["local/samples/snowmobile.json"], env });
    expect(await sent.exited, sent.stderr()).toEqual({ code: 0, signal: null });
    expect(sent.stdout()).toContain("sample-snowmobile-001: queued");
    const told = await followAdEvents(sandbox.bridgeUrl, () => true);
    expect(told).toMatchObject({ "detail-type": "AdPublished", detail: { metadata: { itemId: "snowmobile-001" } } });

    const input = JSON.stringify([
      upserted({ id: "a", itemId: "a" }),
      { ...upserted({ id: "b", itemId: "b" }), data: {} },
    ]);
    await using piped = run("send", { args: ["-"], env, input });
    expect(await piped.exited).toEqual({ code: 1, signal: null });
    expect(piped.stdout()).toMatch(/^202\n {2}a: queued\n {2}b: rejected\n {4}\/data/);
  });

  it("says in one sentence what keeps it from sending", async () => {
    await using directory = await temporaryDirectory();
    const broken = join(directory.path, "broken.json");
    await mkdir(directory.path, { recursive: true });
    await writeFile(broken, "{");
    const attempts = [
      [[], "name one file"],
      [["nowhere.json"], "cannot read nowhere.json: there is no such file"],
      [[broken], "broken.json is not JSON"],
      [["local/samples/moped.json"], "no sandbox answers at http://127.0.0.1:0"],
    ] as const;
    for (const [args, sentence] of attempts) {
      await using program = run("send", { args });
      expect(await program.exited).toEqual({ code: 1, signal: null });
      expect(program.stderr()).toContain(sentence);
      expect(program.stderr()).toSatisfy(oneSentence);
    }
  });
});

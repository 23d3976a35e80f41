import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boat, callApi, type SimulatorProcess, spawnSimulator, startSimulatorProcess } from "./simulator-process.ts";

let dir: string;
const running = new Set<SimulatorProcess>();

async function start(): Promise<SimulatorProcess> {
  const simulator = await startSimulatorProcess(["--port", "0", "--dir", dir]);
  running.add(simulator);
  return simulator;
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "simulator-"));
});

afterEach(async () => {
  for (const simulator of running) await simulator.stop("SIGKILL");
  running.clear();
  rmSync(dir, { recursive: true });
});

async function changeSettings({ url }: SimulatorProcess, patch: unknown): Promise<void> {
  const response = await fetch(`${url}/control/settings`, { method: "PATCH", body: JSON.stringify(patch) });
  expect(response.status).toBe(200);
}

describe("a simulator with a directory", () => {
  it("goes on after SIGKILL with its ads, jobs, settings, faults, charges and record", async () => {
    const first = await start();
    await changeSettings(first, { publishDelayMs: 3_600_000, quirks: { logField: "logs" } });
    await callApi(first.url, "POST", "/v4/boat", boat);
    await callApi(first.url, "GET", "/v4/ad/boat-1/bump");
    await fetch(`${first.url}/control/faults`, {
      method: "POST",
      body: JSON.stringify({ match: { method: "PUT" }, kind: "status", status: 418 }),
    });
    await first.stop("SIGKILL");

    const second = await start();
    const before = await callApi(second.url, "GET", "/v4/ad/boat-1");
    expect(before.body).toMatchObject({ source_id: "boat-1", blocket_ad_id: null, logs: expect.any(Array) });
    expect((await callApi(second.url, "PUT", "/v4/boat/boat-1", {})).status).toBe(418);
    expect(await (await fetch(`${second.url}/control/charges`)).json()).toEqual({ bump: 1, pole_position: 0 });
    const requests = (await (await fetch(`${second.url}/control/requests`)).json()) as { method: string }[];
    expect(requests.map(({ method }) => method)).toEqual(["POST", "GET", "GET", "PUT"]);
  });

  it("finishes what was under way when it was killed", async () => {
    const first = await start();
    await changeSettings(first, { queueDelayMs: 200 });
    await callApi(first.url, "POST", "/v4/boat", boat);
    expect((await callApi(first.url, "GET", "/v4/ad/boat-1")).body.log).toEqual([]);
    await first.stop("SIGKILL");
    const second = await start();
    await expect
      .poll(() => callApi(second.url, "GET", "/v4/ad/boat-1"), { timeout: 5000 })
      .toMatchObject({
        body: { blocket_ad_id: expect.any(String) },
      });
  });

  it("loses nothing that it answered, at whichever moment it is killed", async () => {
    let answered = 0;
    for (let life = 0; life < 3; life += 1) {
      const simulator = await start();
      const post = async () => {
        for (;;) {
          const { status } = await callApi(simulator.url, "POST", "/v4/boat", { ...boat, source_id: `${answered}` });
          if (status === 201) answered += 1;
          else throw new Error(`answered ${status}`);
        }
      };
      const posting = post().catch((error) => error.message);
      const goal = answered + 20 + life * 7;
      await expect.poll(() => answered, { interval: 1 }).toBeGreaterThan(goal);
      await simulator.stop("SIGKILL");
      expect(await posting).toBe("fetch failed");
      const successor = await start();
      const { body } = await callApi(successor.url, "GET", "/v4/ad?limit=1");
      expect([answered, answered + 1]).toContain(body.count);
      answered = body.count;
      await successor.stop("SIGTERM");
    }
  });

  it("overlooks a last line that was torn off", async () => {
    const first = await start();
    await callApi(first.url, "POST", "/v4/boat", boat);
    await first.stop("SIGKILL");
    const journal = join(dir, "simulator.journal");
    appendFileSync(journal, readFileSync(journal).subarray(0, 100));
    const second = await start();
    await callApi(second.url, "PUT", "/v4/boat/boat-1", { body: "after" });
    await second.stop("SIGKILL");
    const third = await start();
    expect((await callApi(third.url, "GET", "/v4/ad")).body.results).toMatchObject([{ body: "after" }]);
  });
});

describe("the simulator's command", () => {
  it("ends with 0 on SIGTERM and on SIGINT, also with a request hanging", async () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const simulator = await start();
      await fetch(`${simulator.url}/control/faults`, { method: "POST", body: JSON.stringify({ kind: "hang" }) });
      const hanging = callApi(simulator.url, "GET", "/v4/ad").catch(() => "closed");
      await expect
        .poll(async () => (await fetch(`${simulator.url}/control/requests`)).json())
        .toMatchObject([...(signal === "SIGINT" ? [{ status: null }] : []), { status: null }]);
      expect(await simulator.stop(signal)).toBe(0);
      expect(await hanging).toBe("closed");
    }
  });

  async function fail(args: string[], env?: Record<string, string>): Promise<string> {
    const child = spawnSimulator(args, env);
    const [[code], output] = await Promise.all([once(child, "exit"), text(child.stderr)]);
    expect(code).toBe(1);
    expect(output.trim().split("\n")).toHaveLength(1);
    return output;
  }

  it("says in one sentence that its port is in use, and ends with 1", async () => {
    const { port } = new URL((await start()).url);
    expect(await fail([], { SIMULATOR_PORT: port })).toMatch(
      `port ${port} is already in use: set SIMULATOR_PORT to another`,
    );
  });

  it.each([
    ["a port that is none", ["--port", "http"], /^the port must be a whole number, not "http"\n$/],
    ["a port too high", ["--port", "65536"], /^the port must be at most 65535/],
    ["a directory that is a file", ["--port", "0", "--dir", "package.json"], /^the simulator cannot keep its state/],
    ["an unknown flag", ["--verbose"], /^Unknown option '--verbose'/],
  ])("says in one sentence what is wrong with %s, and ends with 1", async (_what, args, sentence) => {
    expect(await fail(args)).toMatch(sentence);
  });
});

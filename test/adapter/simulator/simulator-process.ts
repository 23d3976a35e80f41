import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface SimulatorProcess {
  child: ChildProcessWithoutNullStreams;
  url: string;
  /** Ends with the signal and gives the exit code; null after SIGKILL. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

export function spawnSimulator(args: string[], env: Record<string, string> = {}): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ["local/simulator/main.ts", ...args], { env: { ...process.env, ...env } });
}

export async function startSimulatorProcess(args: string[], env?: Record<string, string>): Promise<SimulatorProcess> {
  const child = spawnSimulator(args, env);
  const exited = once(child, "exit");
  const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), exited])) as [unknown];
  const url = /^simulator listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(String(line))?.[1];
  if (url === undefined) throw new Error(`the simulator did not start: ${line}`);
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = await exited;
    return code;
  };
  return { child, url, stop };
}

const headers = { "x-auth-token": "sandbox-token", "content-type": "application/json" };

// biome-ignore lint/suspicious/noExplicitAny: bodies are looked into freely, and a wrong look fails the test
export async function callApi(url: string, method: string, target: string, body?: unknown): Promise<any> {
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await fetch(`${url}/pro-import-api${target}`, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export const boat = {
  source_id: "boat-1",
  dealer_code: "DEMO",
  category_id: 1060,
  title: "Nimbus",
  contact: { email: "sales@example.com" },
  category_fields: {},
};

import { noDelays } from "#local/simulator/delay-names.ts";
import { startSimulator } from "#local/simulator/server.ts";
import type { SettingsPatch } from "#local/simulator/settings.ts";

export interface ApiAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked into freely, and a wrong look fails the test
  body: any;
}

/** A simulator over real HTTP, at once with everything unless its settings say otherwise. */
export interface SimulatorApi {
  url: string;
  call(method: string, target: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
  control(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
  /** `create processing`, `create done`… of an ad. */
  logOf(sourceId: string): Promise<string[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

async function ask(url: string, init: RequestInit): Promise<ApiAnswer> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

export async function openSimulator(settings: SettingsPatch = {}): Promise<SimulatorApi> {
  const simulator = await startSimulator({ port: 0, settings: { ...noDelays, ...settings } });
  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(`${simulator.url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const call: SimulatorApi["call"] = (method, target, body, headers = { "x-auth-token": "sandbox-token" }) =>
    send(method, `/pro-import-api${target}`, body, { "content-type": "application/json", ...headers });
  return {
    url: simulator.url,
    call,
    control: (method, path, body) => send(method, `/control/${path}`, body),
    logOf: async (sourceId) => {
      const { body } = await call("GET", `/v4/ad/${sourceId}/log?ordering=created&limit=500`);
      return body.results.map((entry: { action: string; state: string }) => `${entry.action} ${entry.state}`);
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

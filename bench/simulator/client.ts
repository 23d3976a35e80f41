import { Agent, request } from "node:http";

export interface Client {
  /** Makes one call and gives the body; rejects on any status but the one expected. */
  call(method: "GET" | "POST", path: string, body?: string): Promise<string>;
  close(): void;
}

/** A client with few costs of its own: connections kept open, nothing parsed. */
export function openClient(simulatorUrl: string, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = { "x-auth-token": "sandbox-token", "content-type": "application/json" };
  return {
    call: (method, path, body) =>
      new Promise((resolve, reject) => {
        const url = `${simulatorUrl}/pro-import-api${path}`;
        const call = request(url, { method, agent, headers }, (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk) => {
            text += chunk;
          });
          response.on("error", reject).on("end", () => {
            const expected = method === "POST" ? 201 : 200;
            if (response.statusCode === expected) resolve(text);
            else reject(new Error(`${method} ${path} was answered ${response.statusCode}: ${text}`));
          });
        });
        call.on("error", reject).end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Does `count` things, `width` at a time. */
export async function inParallel(
  count: number,
  width: number,
  act: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: width }, work));
}

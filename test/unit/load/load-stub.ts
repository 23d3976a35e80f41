import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** null: the connection is lost instead. */
type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | null;

/** What `answer` says of each request, at an address of its own until the end of the block. */
export async function startStub(answer: (request: { path: string; body: string }) => Answer | Promise<Answer>) {
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const said = await answer({ path: decodeURIComponent(request.url ?? ""), body: await text(request) });
    if (said === null) {
      request.socket.destroy();
      return;
    }
    response.writeHead(said.status, { "content-type": "application/json", ...said.headers });
    response.end(JSON.stringify(said.body ?? {}));
  };
  // A client that hung up is what some of the tests are about.
  const server = createServer((request, response) => void reply(request, response).catch(() => response.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

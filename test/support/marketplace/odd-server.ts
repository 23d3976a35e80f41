import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listen } from "#local/listen/listen.ts";

export type OddServer = {
  url: string;
  /** How many TCP connections were opened so far. */
  connections(): number;
  close(): Promise<void>;
};

/** A server for the answers that no simulator gives: its handler has the raw response, and the socket, to itself. */
export async function startOddServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<OddServer> {
  let connections = 0;
  const server = createServer(handle);
  server.on("connection", () => {
    connections += 1;
  });
  const port = await listen(server, 0, "PORT");
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

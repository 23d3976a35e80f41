import type { Server } from "node:net";

function explain(error: NodeJS.ErrnoException, port: number, variable: string): string {
  if (error.code === "EADDRINUSE")
    return `port ${port} is already in use: set ${variable} to another, or to 0 for any free one`;
  if (error.code === "EACCES") return `port ${port} may not be opened by this user: set ${variable} to another`;
  return `cannot listen on port ${port}: ${error.message}`;
}

/**
 * Listens on 127.0.0.1 and gives the port, which is a free one for `port` 0. Rejects with an Error whose message is one
 * sentence for the user, naming the environment variable by which they choose another port.
 */
export function listen(server: Server, port: number, variable: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) => reject(new Error(explain(cause, port, variable), { cause }));
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", fail);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";

export type OpeningAgents = {
  httpAgent: HttpAgent;
  httpsAgent: HttpsAgent;
  /** Whether this error ended a connection before it was open, so that no request can have gone over it. */
  hasFailedToOpen(error: unknown): boolean;
  close(): void;
};

/**
 * Keep-alive agents that remember which errors came while a connection was still being opened (TCP and TLS).
 *
 * The codes of the errors don't tell: ECONNRESET and EPROTO come both in the handshake, when nothing was sent, and in
 * the middle of an exchange, when everything may have been.
 */
export function openingAgents(maxSockets: number): OpeningAgents {
  const unopened = new WeakSet<object>();
  const httpAgent = new HttpAgent({ keepAlive: true, maxSockets });
  const httpsAgent = new HttpsAgent({ keepAlive: true, maxSockets });
  watchOpening({ agent: httpAgent, openEvent: "connect", unopened });
  watchOpening({ agent: httpsAgent, openEvent: "secureConnect", unopened });
  return {
    httpAgent,
    httpsAgent,
    hasFailedToOpen: (error) => typeof error === "object" && error !== null && unopened.has(error),
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

type Watch = { agent: HttpAgent; openEvent: "connect" | "secureConnect"; unopened: WeakSet<object> };

function watchOpening({ agent, openEvent, unopened }: Watch): void {
  const createConnection = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = createConnection(options, callback);
    const note = (error: Error) => unopened.add(error);
    socket?.on("error", note);
    socket?.once(openEvent, () => socket.off("error", note));
    return socket;
  };
}

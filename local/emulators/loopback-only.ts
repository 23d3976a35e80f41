import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

/** Node announces every accepted connection here, whichever server took it. */
const accepted = "net.server.socket";

/**
 * For a server that listens on every interface and can't be told otherwise: drops connections to `port` that don't come
 * from this machine. `release` stops that and ends the connections that are left.
 */
export function loopbackOnly(port: number): { release(): void } {
  const open = new Set<Socket>();
  const check = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    if (socket.localPort !== port) {
      return;
    }
    if (!isLoopback(socket.remoteAddress)) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  };
  subscribe(accepted, check);
  return {
    release: () => {
      unsubscribe(accepted, check);
      for (const socket of open) {
        socket.destroy();
      }
    },
  };
}

export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);
}

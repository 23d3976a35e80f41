import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readBody, readTarget, sendGatewayResult, toGatewayEvent } from "#local/sandbox/api-gateway.ts";
import { matchRoute } from "#local/sandbox/match-route.ts";
import { frontDoor } from "./front-door.ts";

/** The front door over real HTTP, through the sandbox's gateway, for clients that are not ours. */
export async function openHttpDoor() {
  const door = frontDoor();
  const server = createServer((request, response) => {
    void (async () => {
      const target = readTarget(request);
      const match = matchRoute(request.method, target.path);
      const body = await readBody(request);
      if (match === null || body === null) {
        throw new Error(`no request for this door: ${request.method} ${target.path}`);
      }
      sendGatewayResult(response, await door.handle(toGatewayEvent(request, { target, match, body })));
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    door,
    urlOf: (source: string) => `${origin}/sources/${source}/inventory-events`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

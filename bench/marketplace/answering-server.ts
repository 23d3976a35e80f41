import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/* Answers every request with 2 KB of JSON at once. Started by the bench, which it tells its port. */

const body = JSON.stringify({ ads: Array.from({ length: 10 }, (_, place) => ({ place, text: "x".repeat(180) })) });
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.on("disconnect", () => process.exit());
process.send?.((server.address() as AddressInfo).port);

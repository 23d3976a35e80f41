import { type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { detailReply, type Reply } from "./exchange.ts";

/** What Node's parser calls the errors that are more than bad syntax. */
const parserStatuses: Record<string, [status: number, detail: string]> = {
  HPE_HEADER_OVERFLOW: [431, "Request head is too large."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "Request body is too large."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request did not arrive in time."],
};

/** Writes an answer where there is no response to write it to, and closes the connection. */
function sendRaw(socket: Duplex, { status, headers, body }: Reply): void {
  const all = { ...headers, "content-length": String(Buffer.byteLength(body)), connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines].join("\r\n");
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
}

function replyTo({ code = "", message }: NodeJS.ErrnoException): Reply {
  const [status, detail] = parserStatuses[code] ?? [400, `HTTP parse error - ${message}`];
  return detailReply(status, detail);
}

/**
 * What is no HTTP, or asks for what HTTP servers may refuse, is answered in the shape of all other refusals. Node by
 * itself would send an empty body, or to CONNECT nothing at all.
 */
export function answerUnreadable(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else sendRaw(socket, replyTo(error));
  });
  server.on("connect", (_request, socket) => sendRaw(socket, detailReply(405, 'Method "CONNECT" not allowed.')));
  server.on("checkExpectation", (request, response) => {
    const { status, headers, body } = detailReply(417, `Cannot meet the expectation "${request.headers.expect}".`);
    response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
  });
}

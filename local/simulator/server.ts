import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { listen } from "#local/listen/listen.ts";
import { longestBody } from "#local/simulator/api/answer.ts";
import { answerControl } from "./control.ts";
import { detailReply, notFound, type Outcome, type Reply } from "./exchange.ts";
import type { Marketplace } from "./marketplace.ts";
import { openMarketplace } from "./open-marketplace.ts";
import type { SettingsPatch } from "./settings.ts";
import { sandboxTokens, type Tokens } from "./tokens.ts";

const apiRoot = "/pro-import-api";
const controlRoot = "/control/";

/** Far above the idle time after which clients and load balancers give a connection up, so that they close it first. */
const keepAliveMs = 75_000;

export interface SimulatorOptions {
  /** 0 for any free one. */
  port: number;
  /** Where the state is kept; without it, in memory. */
  dir?: string;
  seed?: number;
  settings?: SettingsPatch;
  tokens?: Tokens;
}

export interface Simulator {
  url: string;
  port: number;
  marketplace: Marketplace;
  /** Ends all connections, those that hang too. */
  close(): Promise<void>;
}

/** Whether a request says that it has a body (RFC 9112, 6.3): most have none, and reading nothing costs a third of their time. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
}

/** The body, cut off a little beyond the longest that is taken, which is enough to refuse it. */
async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (length <= longestBody) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function lowerCaseHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

async function handleRequest(marketplace: Marketplace, request: IncomingMessage): Promise<Outcome> {
  const body = hasBody(request) ? await readText(request) : "";
  const method = request.method ?? "GET";
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  if (path.startsWith(controlRoot)) return { kind: "respond", ...answerControl(marketplace, { method, path, body }) };
  if (!path.startsWith(`${apiRoot}/`)) return { kind: "respond", ...notFound() };
  return marketplace.handle({
    method,
    path: path.slice(apiRoot.length),
    query,
    headers: lowerCaseHeaders(request),
    body,
  });
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

/** Sends the head and half of the body, then closes the connection. */
function cut(response: ServerResponse, { status, headers, body }: Reply): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, "content-length": bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

/** A late answer keeps nobody waiting who wants to end the process. */
function sendLater(response: ServerResponse, reply: Reply, delayMs: number): void {
  setTimeout(() => {
    if (!response.destroyed) send(response, reply);
  }, delayMs).unref();
}

function carryOut(outcome: Outcome, request: IncomingMessage, response: ServerResponse): void {
  switch (outcome.kind) {
    case "respond":
      if (outcome.delayMs === undefined) send(response, outcome);
      else sendLater(response, outcome, outcome.delayMs);
      return;
    case "cut":
      cut(response, outcome);
      return;
    case "drop":
      request.socket.destroy();
      return;
    case "hang":
      return;
  }
}

async function serve(marketplace: Marketplace, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    carryOut(await handleRequest(marketplace, request), request, response);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    console.error(error);
    if (!response.headersSent)
      send(response, detailReply(500, "The simulator has a fault of its own; see its output."));
  }
}

function openOrClose<Opened>(server: Server, open: () => Opened): Opened {
  try {
    return open();
  } catch (error) {
    server.close();
    throw error;
  }
}

/**
 * Serves a marketplace on 127.0.0.1, its API under `/pro-import-api` and its control interface under `/control`.
 * Rejects with one sentence when the port is taken; only then is the directory opened, as two must not share it.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { dir, seed = 1, settings = {}, tokens = sandboxTokens } = options;
  const server = createServer({ keepAliveTimeout: keepAliveMs });
  const port = await listen(server, options.port, "SIMULATOR_PORT");
  const { marketplace, closeJournal } = openOrClose(server, () => openMarketplace({ seed, settings, tokens }, dir));
  server.on("request", (request, response) => void serve(marketplace, request, response));
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
    closeJournal();
  };
  return { url: `http://127.0.0.1:${port}`, port, marketplace, close };
}

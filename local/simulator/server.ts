import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { listen } from "#local/listen/listen.ts";
import { answerUnreadable } from "./answer-unreadable.ts";
import { answerControl } from "./control.ts";
import { detailReply, notFound, type Outcome, type Reply } from "./exchange.ts";
import type { Marketplace } from "./marketplace.ts";
import { openMarketplace } from "./open-marketplace.ts";
import { isCutOff, readRequest } from "./read-request.ts";
import type { SettingsPatch } from "./settings.ts";
import { sandboxTokens, type Tokens } from "./tokens.ts";

const apiRoot = "/pro-import-api";
const controlRoot = "/control/";

/** Far above the idle time after which clients and load balancers give a connection up, so that they close it first. */
const keepAliveMs = 75_000;

/** How long the rest of a body that is far too long is thrown away before its connection is closed. */
const lingerMs = 500;

export interface SimulatorOptions {
  /** 0 for any free one. */
  port: number;
  /** Where the state is kept; without it, in memory. */
  dir?: string;
  seed?: number;
  settings?: SettingsPatch;
  tokens?: Tokens;
  /** How long a request may take to arrive before it is answered 408. A minute, if absent. */
  arrivalMs?: number;
}

export interface Simulator {
  url: string;
  port: number;
  marketplace: Marketplace;
  /** Ends all connections, those that hang too. */
  close(): Promise<void>;
}

async function handleRequest(marketplace: Marketplace, request: IncomingMessage): Promise<Outcome> {
  const { target, ...asked } = await readRequest(request);
  if (request.headers.host === undefined && request.httpVersion === "1.1") {
    return { kind: "respond", ...detailReply(400, "HTTP parse error - Missing Host header") };
  }
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  if (path.startsWith(controlRoot)) return { kind: "respond", ...answerControl(marketplace, { ...asked, path }) };
  if (!path.startsWith(`${apiRoot}/`)) return { kind: "respond", ...notFound() };
  return marketplace.handle({ ...asked, path: path.slice(apiRoot.length), query });
}

/**
 * Answers while the body still comes. Closing at once would reset the connection, and the client might not see the
 * answer; so what comes is thrown away for a while first.
 */
function lingerOn(request: IncomingMessage, response: ServerResponse): void {
  response.shouldKeepAlive = true;
  request.resume();
  const giveUp = setTimeout(() => request.socket.destroy(), lingerMs).unref();
  request.once("end", () => clearTimeout(giveUp));
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
    const outcome = await handleRequest(marketplace, request);
    if (isCutOff(request)) lingerOn(request, response);
    carryOut(outcome, request, response);
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
  const { dir, seed = 1, settings = {}, tokens = sandboxTokens, arrivalMs = 60_000 } = options;
  const server = createServer({
    keepAliveTimeout: keepAliveMs,
    requireHostHeader: false,
    headersTimeout: arrivalMs,
    requestTimeout: arrivalMs,
    connectionsCheckingInterval: Math.ceil(arrivalMs / 4),
  });
  answerUnreadable(server);
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

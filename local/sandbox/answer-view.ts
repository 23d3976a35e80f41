import type { IncomingMessage, ServerResponse } from "node:http";
import { type AwsStub, busMoods } from "#local/emulators/start-aws-stub.ts";
import type { Target } from "./api-gateway.ts";
import type { AdReader } from "./read-ad-record.ts";

export type Views = {
  bus: Pick<AwsStub, "deliveries" | "subscribe">;
  setBusMood: AwsStub["setBusMood"];
  readAd: AdReader;
  /** What the functions find in their environment: with it another process on this machine finds the same tables and queues. */
  environment: Readonly<Record<string, string>>;
};

const adPath = /^\/sandbox\/ads\/([^/]+)\/([^/]+)$/;

/** Answers what a person or a test may look at under `/sandbox`. */
export async function answerView(
  views: Views,
  { request, response, target }: { request: IncomingMessage; response: ServerResponse; target: Target },
): Promise<void> {
  const [, dealerCode, itemId] = adPath.exec(target.path) ?? [];
  const mood = busMoods.find((one) => target.path === `/sandbox/bus/${one}`);
  if (request.method === "GET" && target.path === "/sandbox/ad-events") {
    const follows = new URLSearchParams(target.query).has("follow");
    sendAdEvents(views.bus, response, follows);
  } else if (request.method === "GET" && dealerCode !== undefined && itemId !== undefined) {
    await sendAd(views.readAd, response, { dealerCode, itemId });
  } else if (request.method === "GET" && target.path === "/sandbox/environment") {
    sendJson(response, { status: 200, type: "application/json", body: views.environment });
  } else if (request.method === "PUT" && mood !== undefined) {
    views.setBusMood(mood);
    sendJson(response, { status: 200, type: "application/json", body: { bus: mood } });
  } else {
    const detail = `Under /sandbox there are GET ad-events, GET ads/{dealerCode}/{itemId}, GET environment, and PUT bus/ with one of ${busMoods.join(", ")}.`;
    sendJson(response, { status: 404, type: "application/problem+json", body: problem(detail) });
  }
}

function sendAdEvents(bus: Views["bus"], response: ServerResponse, follows: boolean): void {
  const write = (delivery: unknown) => response.write(`${JSON.stringify(delivery)}\n`);
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  response.flushHeaders();
  bus.deliveries().forEach(write);
  if (follows) {
    response.once("close", bus.subscribe(write));
  } else {
    response.end();
  }
}

async function sendAd(readAd: AdReader, response: ServerResponse, key: { dealerCode: string; itemId: string }) {
  const known = decode(key);
  const record = known && (await readAd(known));
  if (record === null) {
    const body = problem(`No ad of ${key.dealerCode} with the item ${key.itemId} is known.`);
    sendJson(response, { status: 404, type: "application/problem+json", body });
  } else {
    sendJson(response, { status: 200, type: "application/json", body: record });
  }
}

function decode({ dealerCode, itemId }: { dealerCode: string; itemId: string }) {
  try {
    return { dealerCode: decodeURIComponent(dealerCode), itemId: decodeURIComponent(itemId) };
  } catch (cause) {
    if (cause instanceof URIError) {
      return null;
    }
    throw cause;
  }
}

function problem(detail: string) {
  return { type: "/problems/not-found", title: "Not found", status: 404, detail };
}

function sendJson(
  response: ServerResponse,
  { status, type, body }: { status: number; type: string; body: unknown },
): void {
  response.writeHead(status, { "content-type": type });
  response.end(`${JSON.stringify(body, null, 2)}\n`);
}

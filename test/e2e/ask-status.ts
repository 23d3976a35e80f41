import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { sandboxSecret, sandboxSource } from "#local/sandbox/sandbox-constants.ts";

/** Asks a sandbox as its source would, for `inventory-events`, an id, or for `items`, a dealer and an id: what it signs is the decoded path. */
export async function askStatus(bridgeUrl: string, segments: readonly string[], signal?: AbortSignal) {
  const id = randomUUID();
  const now = new Date();
  const content = `GET /sources/${sandboxSource}/${segments.join("/")}`;
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(sandboxSecret).sign(id, now, content),
  };
  const path = segments.map(encodeURIComponent).join("/");
  const response = await fetch(`${bridgeUrl}/sources/${sandboxSource}/${path}`, { headers, signal: signal ?? null });
  return { status: response.status, body: await response.json() };
}

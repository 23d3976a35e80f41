import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import * as z from "zod/mini";
import { sandboxSecret, sandboxSource } from "#local/sandbox/sandbox-constants.ts";
import { type ItemAnswer, itemAnswerSchema } from "#shared/contracts/answers.ts";

const answerSchema = z.object({
  items: z._default(z.array(itemAnswerSchema), []),
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
});

/**
 * What the bridge answered; `problem` is what it says in words when it took nothing, `retryAfterSeconds` when it wants to be asked
 * again: null where it does not say, or not in seconds, as it always does.
 */
export type PostAnswer = {
  status: number;
  items: ItemAnswer[];
  problem: string | null;
  retryAfterSeconds: number | null;
};

/** Whose events they are, how they are signed, whether they are only to be judged, and what hangs up; the sandbox's unless told. */
export type Sender = { source?: string; secret?: string; isDryRun?: boolean; signal?: AbortSignal };

/**
 * Signs a body, with the sandbox's secret unless told, by an implementation of Standard Webhooks that isn't the bridge's, and posts it.
 * `body` is JSON: one CloudEvent, or an array of them. Rejects as `fetch` does when nobody listens, or `signal` says so.
 */
export async function postInventoryEvents(
  bridgeUrl: string,
  body: string,
  { source = sandboxSource, secret = sandboxSecret, isDryRun = false, signal }: Sender = {},
): Promise<PostAnswer> {
  const id = randomUUID();
  const now = new Date();
  const address = `${bridgeUrl}/sources/${source}/inventory-events${isDryRun ? "?dry-run" : ""}`;
  const response = await fetch(address, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, now, body),
    },
    body,
    signal: signal ?? null,
  });
  const retryAfterSeconds = readSeconds(response.headers.get("retry-after"));
  return { ...readAnswer(response.status, await response.text()), retryAfterSeconds };
}

function readSeconds(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}

function readAnswer(status: number, text: string): Omit<PostAnswer, "retryAfterSeconds"> {
  const parsed = z.safeParse(answerSchema, parseJson(text));
  if (!parsed.success) {
    return { status, items: [], problem: text.slice(0, 200) };
  }
  const { items, title, detail } = parsed.data;
  const words = [title, detail].filter((word) => word !== undefined);
  return { status, items, problem: words.length > 0 ? words.join(": ") : null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import * as z from "zod/mini";
import { sandboxSecret, sandboxSource } from "#local/sandbox/sandbox-constants.ts";
import { fieldErrorSchema } from "#shared/contracts/field-error.ts";

const itemSchema = z.object({
  id: z.nullable(z.string()),
  status: z.string(),
  errors: z._default(z.array(fieldErrorSchema), []),
});
export type AnsweredItem = z.infer<typeof itemSchema>;

const answerSchema = z.object({
  items: z._default(z.array(itemSchema), []),
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
});

/** What the bridge answered; `problem` is what it says in words when it took nothing. */
export type PostAnswer = { status: number; items: AnsweredItem[]; problem: string | null };

/**
 * Signs a body with the sandbox's secret, by an implementation of Standard Webhooks that isn't the bridge's, and posts it.
 * `body` is JSON: one CloudEvent, or an array of them. Rejects as `fetch` does when nobody listens.
 */
export async function postInventoryEvents(bridgeUrl: string, body: string): Promise<PostAnswer> {
  const id = randomUUID();
  const now = new Date();
  const response = await fetch(`${bridgeUrl}/sources/${sandboxSource}/inventory-events`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(sandboxSecret).sign(id, now, body),
    },
    body,
  });
  return readAnswer(response.status, await response.text());
}

function readAnswer(status: number, text: string): PostAnswer {
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

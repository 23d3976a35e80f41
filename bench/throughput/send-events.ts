import { setTimeout as wait } from "node:timers/promises";
import { type PostAnswer, postInventoryEvents } from "#local/send/post-inventory-events.ts";

/** `pause` lets so many ms pass, or rejects when `signal` says so. */
export type Sending = { clients: number; pause?: (ms: number, signal: AbortSignal) => Promise<void> };

/** A sandbox that wants an event again more often than this is not one to be measured. */
const mostTries = 10;
const pauseFor = (ms: number, signal: AbortSignal) => wait(ms, undefined, { signal });

/**
 * Sends all events by so many clients at once, each of which sends one after the other. Sends again only what an answer asks for
 * again, a 429 or 503 with `Retry-After`, and when it says. Anything else stops all clients and is thrown: another answer, an
 * event that is not queued, and a connection that broke, as the door is in the same process.
 */
export async function sendEvents(
  bridgeUrl: string,
  events: readonly (() => { id: string })[],
  { clients, pause = pauseFor }: Sending,
): Promise<void> {
  const stop = new AbortController();
  const left = events.values();
  const sendNext = async () => {
    for (const makeEvent of left) {
      stop.signal.throwIfAborted();
      await sendUntilTaken(bridgeUrl, makeEvent(), { pause, signal: stop.signal });
    }
  };
  await Promise.all(Array.from({ length: clients }, () => sendNext().catch((error) => stop.abort(error))));
  stop.signal.throwIfAborted();
}

type Patience = Required<Pick<Sending, "pause">> & { signal: AbortSignal };

async function sendUntilTaken(bridgeUrl: string, event: { id: string }, { pause, signal }: Patience): Promise<void> {
  const body = JSON.stringify(event);
  for (let tries = 1; ; tries += 1) {
    const answer = await postInventoryEvents(bridgeUrl, body, { signal }).catch((cause: unknown) => {
      throw new Error(`${event.id} was not answered`, { cause });
    });
    const againAfterSeconds = judge(event.id, answer);
    if (againAfterSeconds === null) {
      return;
    }
    if (tries === mostTries) {
      throw new Error(`${event.id} was wanted again ${tries} times, the last time by a ${answer.status}`);
    }
    await pause(againAfterSeconds * 1_000, signal);
  }
}

/** After how many seconds the event is wanted again; null: it was taken. Throws when it never will be. */
function judge(id: string, { status, items, problem, retryAfterSeconds }: PostAnswer): number | null {
  const [item] = items;
  if (status === 202 && item?.status === "queued") {
    return null;
  }
  if ((status === 429 || status === 503) && retryAfterSeconds !== null) {
    return retryAfterSeconds;
  }
  throw new Error(`${id} was answered ${status}: ${problem ?? JSON.stringify(item ?? null)}`);
}

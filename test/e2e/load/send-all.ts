import { setTimeout as wait } from "node:timers/promises";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import type { LoadEvent } from "./draw-events.ts";

export type Sent = {
  /** Answered 202, once per event. */
  taken: LoadEvent[];
  /** How often a 429 or a 5xx came, and how often no answer; the event was sent again each time. */
  refused: number;
  unanswered: number;
  /** Of the requests that were answered. */
  durationsMs: number[];
};

/** `patienceMs` is how long one event is sent again and again before all is given up, `pauseMs` what lies between. */
export type Sending = { clients: number; patienceMs: number; pauseMs: number };

type Run = Sending & { bridgeUrl: string; sent: Sent; stop: AbortController };

/** Every how manyth event is sent twice: at once, or again after it was taken, as a sender does that missed the answer. */
const repeatedEvery = { atOnce: 25, afterwards: 40 };

/** The first request of every how manyth event is hung up on after 1 to 40 ms, wherever the bridge then is with it. */
const hungUpEvery = 50;
const hangUpMs = (place: number) => 1 + (place % 40);

/**
 * Sends all events by so many clients at once, each of which sends one after the other, and again what was not taken or not
 * answered. Rejects, and stops all clients, when an event is refused for good or not taken in time.
 */
export async function sendAll(bridgeUrl: string, events: readonly LoadEvent[], sending: Sending): Promise<Sent> {
  const sent: Sent = { taken: [], refused: 0, unanswered: 0, durationsMs: [] };
  const run: Run = { ...sending, bridgeUrl, sent, stop: new AbortController() };
  const left = events.entries();
  const sendNext = async () => {
    for (const [place, event] of left) {
      run.stop.signal.throwIfAborted();
      const times = place % repeatedEvery.atOnce === 0 ? 2 : 1;
      const firstWithinMs = place % hungUpEvery === 0 ? hangUpMs(place) : sending.patienceMs;
      await Promise.all(Array.from({ length: times }, () => sendUntilTaken(run, event, firstWithinMs)));
      sent.taken.push(event);
      if (place % repeatedEvery.afterwards === 0) {
        await sendUntilTaken(run, event, sending.patienceMs);
      }
    }
  };
  const clients = Array.from({ length: sending.clients }, () => sendNext().catch((error) => run.stop.abort(error)));
  await Promise.all(clients);
  run.stop.signal.throwIfAborted();
  return sent;
}

async function sendUntilTaken(run: Run, event: LoadEvent, firstWithinMs: number): Promise<void> {
  const giveUpAt = performance.now() + run.patienceMs;
  let answer = await send(run, event, firstWithinMs);
  while (answer !== "taken") {
    if (performance.now() > giveUpAt) {
      throw new Error(`${event.id} was not taken in ${run.patienceMs / 1000} s: the last time it was ${answer}`);
    }
    await wait(run.pauseMs, undefined, { signal: run.stop.signal });
    answer = await send(run, event, run.patienceMs);
  }
}

/** Rejects when the answer says that the event will never be taken. */
async function send({ bridgeUrl, sent, stop }: Run, { id, body }: LoadEvent, withinMs: number) {
  const startedAt = performance.now();
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(withinMs)]);
  const answered = await postInventoryEvents(bridgeUrl, body, { signal }).catch((error: unknown) => {
    stop.signal.throwIfAborted();
    return error;
  });
  if (answered instanceof Error) {
    sent.unanswered += 1;
    return `not answered (${answered.message})`;
  }
  const { status } = answered as Awaited<ReturnType<typeof postInventoryEvents>>;
  sent.durationsMs.push(performance.now() - startedAt);
  if (status === 202) {
    return "taken";
  }
  if (status !== 429 && status < 500) {
    throw new Error(`${id} was answered ${status}`);
  }
  sent.refused += 1;
  return `answered ${status}`;
}

import { setTimeout as wait } from "node:timers/promises";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import type { LoadEvent } from "./draw-events.ts";

export type Sent = {
  /** Answered 202, once per event. */
  taken: LoadEvent[];
  /** How often another answer came, or none, and the event was sent again. */
  sentAgain: number;
  durationsMs: number[];
};

/** Every how manyth event is sent a second time though it was taken, as a sender does that missed the answer. */
const repeatedEvery = 25;

/** Sends all events by so many clients at once, each of which sends one after the other, and again what was not taken. */
export async function sendAll(bridgeUrl: string, events: readonly LoadEvent[], clients: number): Promise<Sent> {
  const sent: Sent = { taken: [], sentAgain: 0, durationsMs: [] };
  const left = events.values();
  const sendNext = async () => {
    for (const event of left) {
      await sendUntilTaken(bridgeUrl, event, sent);
      sent.taken.push(event);
      if (sent.taken.length % repeatedEvery === 0) {
        await sendUntilTaken(bridgeUrl, event, sent);
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, sendNext));
  return sent;
}

async function sendUntilTaken(bridgeUrl: string, { body }: LoadEvent, sent: Sent): Promise<void> {
  for (;;) {
    const startedAt = performance.now();
    const { status } = await postInventoryEvents(bridgeUrl, body);
    sent.durationsMs.push(performance.now() - startedAt);
    if (status === 202) {
      return;
    }
    if (status !== 429 && status < 500) {
      throw new Error(`an event was answered ${status}`);
    }
    sent.sentAgain += 1;
    await wait(500);
  }
}

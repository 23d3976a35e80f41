import { setTimeout as wait } from "node:timers/promises";
import type { AdRecord } from "#local/sandbox/read-ad-record.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";

/** An ad event as the bus hands it over. */
export type Delivery = {
  "detail-type": string;
  detail: { metadata: AdEvent["metadata"]; data: Record<string, unknown> };
};

/** All that the bus of a sandbox has taken, oldest first. */
export async function readAdEvents(bridgeUrl: string): Promise<Delivery[]> {
  const text = await (await fetch(`${bridgeUrl}/sandbox/ad-events`)).text();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** One ad as the sandbox shows it; null while it is unknown. */
export async function readAd(bridgeUrl: string, { dealerCode, itemId }: { dealerCode: string; itemId: string }) {
  const response = await fetch(`${bridgeUrl}/sandbox/ads/${dealerCode}/${encodeURIComponent(itemId)}`);
  return response.status === 404 ? null : ((await response.json()) as AdRecord);
}

/** Follows the bus until an ad event fits. The test's own timeout is the limit. */
export async function followAdEvents(bridgeUrl: string, fits: (delivery: Delivery) => boolean): Promise<Delivery> {
  const response = await fetch(`${bridgeUrl}/sandbox/ad-events?follow`);
  let rest = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    const found = lines.map((line) => JSON.parse(line) as Delivery).find(fits);
    if (found !== undefined) {
      return found;
    }
  }
  throw new Error("the sandbox closed the connection before a fitting ad event came");
}

/** Asks again and again until there is an answer; for what nothing announces. */
export async function until<T>(ask: () => Promise<T | null | undefined | false>, everyMs = 100): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    await wait(everyMs);
  }
}

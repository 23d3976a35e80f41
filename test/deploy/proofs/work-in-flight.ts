import { setTimeout as wait } from "node:timers/promises";
import { toAdEvent } from "#local/sandbox/ad-event-deliveries.ts";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { plateOf, upserted } from "#test/e2e/sample-events.ts";
import { demand } from "./demand.ts";
import type { DeployedBridge } from "./deployed-bridge.ts";

export type Work = {
  dealerCode: string;
  itemId: string;
  /** Of the inventory events that were sent about the item, the newest last. */
  eventIds: string[];
};

export type WorkInFlight = {
  /** By item id. */
  works: Map<string, Work>;
  /** Requests that the door did not answer with 202, each sent again. */
  sentAgain: number;
};

const dealers = ["DEMO", "DEMO2", "SOLO"];
const againMs = 250;

/** Puts an ad up for sale, or changes the price of one that is; sends again, as sources do, until the door has taken it. */
export async function sendWish(bridge: DeployedBridge, flight: WorkInFlight, number: number): Promise<void> {
  const itemId = `in-flight-${number}`;
  const dealerCode = dealers[number % dealers.length] ?? "DEMO";
  const work = flight.works.get(itemId) ?? { dealerCode, itemId, eventIds: [] };
  const id = `${itemId}-${work.eventIds.length + 1}`;
  const price = 30_000 + 1_000 * work.eventIds.length;
  const body = JSON.stringify(upserted({ id, dealerCode, itemId, price }));
  flight.works.set(itemId, { ...work, eventIds: [...work.eventIds, id] });
  for (;;) {
    const answer = await postInventoryEvents(bridge.bridgeUrl, body);
    if (answer.status === 202) {
      demand(answer.items[0]?.status === "queued", `${id} was ${answer.items[0]?.status}`);
      return;
    }
    flight.sentAgain += 1;
    await wait(againMs, undefined, { signal: bridge.stop });
  }
}

/** The events of the work of which no `AdPublished` has been heard. */
export function openEvents({ bus }: DeployedBridge, { works }: WorkInFlight): string[] {
  const published = bus
    .deliveries()
    .map(toAdEvent)
    .filter(({ type }) => type === "AdPublished");
  const told = new Set(published.map(({ metadata }) => metadata.correlationId));
  return [...works.values()].flatMap(({ eventIds }) => eventIds).filter((id) => !told.has(id));
}

/** How many items of the work the marketplace knows. */
export function arrivedItems({ simulator }: DeployedBridge, { works }: WorkInFlight): number {
  const plates = new Set(simulator.marketplace.ads().map(({ document }) => plateIn(document.category_fields)));
  return [...works.keys()].filter((itemId) => plates.has(plateOf(itemId))).length;
}

function plateIn(categoryFields: unknown): unknown {
  return (categoryFields as { registration_number?: unknown } | undefined)?.registration_number;
}

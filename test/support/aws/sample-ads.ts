import { type Ad, type AdKey, newAd, type StoredDocument } from "#shared/ad/ad.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";

export const volvo: AdKey = { dealerCode: "DEMO", itemId: "volvo-1" };

/** An ad that no decision made: only what a store must keep. */
export function sampleAd(key: AdKey, change: Partial<Ad> = {}): Ad {
  return { ...newAd(key), tokenId: "group", ...change };
}

export function sampleDocument(body: string): StoredDocument {
  return { vehicleType: "car", ad: { body, category_fields: { model_year: 2021, vin: "YV1ZWA8UDL1234567" } } };
}

type Told = { itemId?: string; sequence?: number; message?: string };

export function sampleEvent({ itemId = "volvo-1", sequence = 1, message = "refused" }: Told = {}): AdEvent {
  return {
    type: "AdErrored",
    metadata: {
      id: `fact-${itemId}-${sequence}`,
      schemaVersion: 1,
      dealerCode: "DEMO",
      itemId,
      listingId: "5f0c4e0a-0000-5000-8000-000000000000",
      sequence,
      occurredAt: "2026-11-21T08:00:00.250Z",
      publishedAt: "2026-11-21T08:00:01.000Z",
      correlationId: "event-1",
      causationId: null,
      replay: false,
    },
    data: { stage: "submission", errors: [{ code: "invalid", pointer: "/price", message }] },
  };
}

export function sampleReceipt(change: Partial<Receipt> = {}): Receipt {
  const at = Date.parse("2026-11-21T08:00:00.250Z");
  return { source: "sandbox", eventId: "event-1", outcome: "applied", reason: "published", at, ...change };
}

export function goOn(itemId: string, dealerCode = "DEMO"): QueueMessage {
  return { version: 1, kind: "go-on", dealerCode, itemId };
}

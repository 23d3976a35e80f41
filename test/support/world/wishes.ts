import type * as z from "zod/mini";
import type { InventoryEvent } from "#shared/contracts/inventory-event.ts";
import type {
  ListingDocument,
  registeredDocumentSchema,
  unregisteredDocumentSchema,
} from "#shared/contracts/listing-document.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import type { World } from "./make-world.ts";

type CarDocument = z.infer<typeof registeredDocumentSchema>;
type BoatDocument = z.infer<typeof unregisteredDocumentSchema>;

/** A car by its plate; `changes` replace fields of the document. */
export function carDocument(plate: string, changes: Partial<CarDocument> = {}): CarDocument {
  return {
    body: "A fine car.",
    price: [{ type: "list", amount: 99_000, currency: "SEK" }],
    category_fields: { brand: "volvo", model: "v60", model_year: 2020, registration_number: plate },
    ...changes,
  };
}

/** A boat, of a type that needs title and contact and can be revived. */
export function boatDocument(changes: Partial<BoatDocument> = {}): BoatDocument {
  return {
    title: "A boat",
    contact: { email: "skipper@example.com" },
    body: "It floats.",
    price: [{ type: "list", amount: 49_000, currency: "SEK" }],
    category_fields: { brand: "yamarin", model_year: 2015 },
    ...changes,
  };
}

type Asked = { id: string; itemId: string; dealerCode?: string };

/** An upsert as `receive` queues it, received now. */
export function upsert(
  world: World,
  { id, itemId, dealerCode = "DEMO", ...wish }: Asked & { vehicleType: VehicleType; ad: ListingDocument },
): QueueMessage {
  return queued(world, { id, type: "inventory.item.upserted", data: { dealerCode, itemId, ...wish } as never });
}

/** A removal as `receive` queues it, received now. */
export function removal(world: World, { id, itemId, dealerCode = "DEMO" }: Asked): QueueMessage {
  return queued(world, { id, type: "inventory.item.removed", data: { dealerCode, itemId, reason: "sold" } });
}

/** A request to bump, as `receive` queues it, received now. */
export function bump(world: World, { id, itemId, dealerCode = "DEMO" }: Asked): QueueMessage {
  return queued(world, { id, type: "inventory.item.bump-requested", data: { dealerCode, itemId } });
}

type Content<E = InventoryEvent> = E extends InventoryEvent ? Pick<E, "id" | "type" | "data"> : never;

function queued(world: World, content: Content): QueueMessage {
  const event = { source: "dms", receivedAt: world.clock.now, place: 0, ...content };
  return { version: 1, kind: "inventory-event", listingIds: "uuid", event };
}

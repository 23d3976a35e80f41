import { checkFields, type FieldError } from "#shared/contracts/field-error.ts";
import {
  type CloudEvent,
  dealerCodeSchema,
  type InventoryEvent,
  inventoryDataSchemas,
  inventoryEventSchema,
  itemSchema,
  limits,
} from "#shared/contracts/inventory-event.ts";
import { cutErrors } from "./cut-errors.ts";
import { findUnfit } from "./find-unfit.ts";

/** Who sent an event and when; `place` is its index in the batch. */
export type Arrival = { source: string; dealers: readonly string[]; receivedAt: number; place: number };

/** `item` is what a rejected event can be filed under: null unless it names an item of a dealer the source may speak for. */
export type Verdict =
  | { kind: "valid"; event: InventoryEvent }
  | { kind: "rejected"; item: { dealerCode: string; itemId: string } | null; errors: FieldError[] };

export const dealerNotAllowed = "dealer-not-allowed";

/** Judges the content of an authentic event. Whose dealer it isn't learns nothing else about it. */
export function validateEvent(cloudEvent: CloudEvent, arrival: Arrival): Verdict {
  const { id, type, time, sequence, data } = cloudEvent;
  const dealerCode = dealerCodeSchema.safeParse(read(data, "dealerCode"));
  if (dealerCode.success && !arrival.dealers.includes(dealerCode.data)) {
    const message = `This source may not speak for the dealer ${dealerCode.data}.`;
    return { kind: "rejected", item: null, errors: [{ pointer: "/data/dealerCode", code: dealerNotAllowed, message }] };
  }
  const unfit = unknownType(type) ?? findUnfit(data, ["data"]) ?? oversize(read(data, "ad"));
  if (unfit !== null) {
    return { kind: "rejected", item: itemOf(data), errors: cutErrors([unfit]) };
  }
  const { source, receivedAt, place } = arrival;
  const candidate = { source, id, time, sequence, receivedAt, place, type, data };
  const checked = checkFields(inventoryEventSchema, candidate);
  return checked.ok
    ? { kind: "valid", event: checked.value }
    : { kind: "rejected", item: itemOf(data), errors: cutErrors(checked.errors) };
}

function read(data: unknown, key: "dealerCode" | "ad"): unknown {
  return typeof data === "object" && data !== null && Object.hasOwn(data, key)
    ? data[key as keyof typeof data]
    : undefined;
}

function itemOf(data: unknown): { dealerCode: string; itemId: string } | null {
  const item = itemSchema.safeParse(data);
  return item.success && item.data.itemId.isWellFormed() ? item.data : null;
}

function unknownType(type: string): FieldError | null {
  if (Object.hasOwn(inventoryDataSchemas, type)) {
    return null;
  }
  const known = Object.keys(inventoryDataSchemas).join(", ");
  return { pointer: "/type", code: "unknown-type", message: `type must be one of ${known}.` };
}

function oversize(document: unknown): FieldError | null {
  const bytes = document === undefined ? 0 : Buffer.byteLength(JSON.stringify(document));
  if (bytes <= limits.documentBytes) {
    return null;
  }
  const message = `The document has ${bytes} bytes as JSON; at most ${limits.documentBytes} are taken.`;
  return { pointer: "/data/ad", code: "too-large", message };
}

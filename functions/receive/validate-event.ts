import { isUsableListingId } from "#shared/blocket/paths.ts";
import { checkFields, type FieldError } from "#shared/contracts/field-error.ts";
import {
  cloudEventSchema,
  dealerCodeSchema,
  type Envelope,
  type InventoryEvent,
  type InventoryEventType,
  inventoryDataSchemas,
  itemSchema,
} from "#shared/contracts/inventory-event.ts";
import type { KnownValues } from "#shared/contracts/known-values.ts";
import type { Source } from "#shared/contracts/secrets.ts";
import { cutErrors } from "./cut-errors.ts";
import { findOversize } from "./find-oversize.ts";
import { beside, findUnfit } from "./find-unfit.ts";
import { judgeData } from "./judge-data.ts";

/** Who sent an event and when; `place` is its index in the batch. */
export type Arrival = Pick<Source, "dealers" | "listingIds"> & { source: string; receivedAt: number; place: number };

/** What documents are judged by beside the rules that never change. */
export type Measures = {
  /** What the marketplace has lately listed for fields such as `brand`. */
  known: KnownValues;
  /** As many pictures as the marketplace takes; those behind them are left out. */
  mostPictures: number;
};

/**
 * `warnings`: what the marketplace would take and the dealer regret. `item` is what a rejected event can be filed under: null
 * unless it names an item of a dealer the source may speak for.
 */
export type Verdict =
  | { kind: "valid"; event: InventoryEvent; warnings: FieldError[] }
  | { kind: "rejected"; item: { dealerCode: string; itemId: string } | null; errors: FieldError[] };

export const dealerNotAllowed = "dealer-not-allowed";

/**
 * Judges an authentic event, with all that is wrong with it: of a document that is too large only that. Whose dealer it isn't
 * learns nothing else about it.
 */
export function validateEvent(envelope: Envelope, arrival: Arrival, measures: Measures): Verdict {
  const { type, data } = envelope;
  const dealerCode = dealerCodeSchema.safeParse(read(data, "dealerCode"));
  if (dealerCode.success && !arrival.dealers.includes(dealerCode.data)) {
    const message = `This source may not speak for the dealer ${dealerCode.data}.`;
    return { kind: "rejected", item: null, errors: [{ pointer: "/data/dealerCode", code: dealerNotAllowed, message }] };
  }
  const unfit = findUnfit(envelope);
  const isTooDeep = unfit.some(({ code }) => code === "too-deep");
  const oversize = findOversize(read(data, "ad"), { isTooDeep });
  const attributes = checkFields(cloudEventSchema, envelope);
  const judgeable = oversize.length > 0 ? { ...(data as object), ad: null } : data;
  const judged = isKnownType(type)
    ? judgeData(type, judgeable, { ...measures, now: arrival.receivedAt })
    : { ok: false as const, errors: [unknownType()] };
  const errors = beside(
    [...oversize, ...unfit],
    [
      ...(attributes.ok ? [] : attributes.errors),
      ...(judged.ok ? [] : judged.errors),
      ...unusableItemId(data, arrival),
    ],
  );
  if (!attributes.ok || !judged.ok || errors.length > 0) {
    return { kind: "rejected", item: itemOf(data), errors: cutErrors(errors) };
  }
  const event = { ...toEvent(attributes.value, arrival), ...judged.value };
  return { kind: "valid", event, warnings: cutErrors(judged.warnings) };
}

type Stated = { id: string; time?: string | null | undefined; sequence?: string | null | undefined };

/** Who said it, when, and in which order. */
function toEvent({ id, time, sequence }: Stated, { source, receivedAt, place }: Arrival) {
  const stated = { ...(time && { time: time.toUpperCase() }), ...(sequence && { sequence }) };
  return { source, id, ...stated, receivedAt, place };
}

/** An id that is to become the listing's own has to stand in the API's paths. */
function unusableItemId(data: unknown, { listingIds }: Arrival): FieldError[] {
  const itemId = read(data, "itemId");
  if (listingIds === "uuid" || typeof itemId !== "string" || itemId === "" || isUsableListingId(itemId)) {
    return [];
  }
  const message =
    "This itemId becomes the listing's id at Blocket, so it cannot hold slashes, line breaks or blanks around it.";
  return [{ pointer: "/data/itemId", code: "unusable-listing-id", message }];
}

function read(data: unknown, key: "dealerCode" | "itemId" | "ad"): unknown {
  return typeof data === "object" && data !== null && Object.hasOwn(data, key)
    ? data[key as keyof typeof data]
    : undefined;
}

function itemOf(data: unknown): { dealerCode: string; itemId: string } | null {
  const item = itemSchema.safeParse(data);
  return item.success && item.data.itemId.isWellFormed() ? item.data : null;
}

function isKnownType(type: string): type is InventoryEventType {
  return Object.hasOwn(inventoryDataSchemas, type);
}

function unknownType(): FieldError {
  const known = Object.keys(inventoryDataSchemas).join(", ");
  return { pointer: "/type", code: "unknown-type", message: `type must be one of ${known}.` };
}

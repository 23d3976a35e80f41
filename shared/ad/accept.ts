import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import type { InventoryEvent } from "#shared/contracts/inventory-event.ts";
import type { RejectedEvent } from "#shared/contracts/queue-message.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import type { Ad, StoredDocument, Want, Wish, WishOrder } from "./ad.ts";
import { acceptCharge, cancelCharges } from "./charge.ts";
import type { Context } from "./context.ts";
import { copyAd } from "./copy-ad.ts";
import { hashDocument } from "./document.ts";
import { compareOrder } from "./order.ts";
import { giveReceipt, tell } from "./outbox.ts";
import { endWish } from "./submission.ts";

/** A validated inventory event with what the source's configuration says of its listings. */
export type Wanted = {
  event: InventoryEvent;
  listingIds: "uuid" | "item-id";
  warnings?: readonly MarketplaceError[] | undefined;
};

/**
 * Takes an inventory event into its ad: as the new wish, or as a receipt when it is older than the wish or can't be
 * served. The caller has made sure that it is no repeat. A waiting wish that it replaces is superseded.
 */
export function acceptWish(ad: Ad, wanted: Wanted, context: Context): Ad {
  const { event } = wanted;
  const next = copyAd(ad);
  const trace = event.traceparent !== undefined && { traceparent: event.traceparent };
  const ref = { source: event.source, id: event.id, ...trace };
  const receipt = (outcome: Receipt["outcome"], reason: string) =>
    giveReceipt(next, { source: event.source, eventId: event.id, outcome, reason, at: context.now });
  const order = orderOf(event);
  if (event.type !== "inventory.item.upserted" && event.type !== "inventory.item.removed") {
    acceptCharge(next, { call: chargedCalls[event.type], event: ref, order, acceptedAt: context.now }, context);
    return next;
  }
  if (next.wish !== null && compareOrder(order, next.wish.order) < 0) {
    receipt("superseded", "older-than-wish");
    return next;
  }
  endWish(next, { receipt: "superseded", reason: "newer-wish", context });
  if (event.type === "inventory.item.removed") {
    cancelCharges(next, context);
  }
  next.wish = {
    owes: true,
    repairs: 0,
    isChecked: false,
    stallTold: false,
    notBefore: context.now,
    want: wantOf(next, event, wanted.warnings),
    order,
    event: ref,
    acceptedAt: isRepeatedRemoval(ad, event) ? ad.wish.acceptedAt : context.now,
    listingIds: wanted.listingIds,
    state: "waiting",
  };
  return next;
}

/** Files a rejected inventory event: its receipt, and `InventoryEventRejected` for those who listen. */
export function acceptRejected(ad: Ad, rejected: RejectedEvent, context: Context): Ad {
  const next = copyAd(ad);
  const { source, eventId, errors, traceparent } = rejected;
  tell(
    next,
    {
      type: "InventoryEventRejected",
      data: { source, eventId, errors },
      listingId: null,
      evidence: [source, eventId],
      occurredAt: new Date(rejected.receivedAt).toISOString(),
      correlationId: eventId,
      causationId: null,
      traceparent,
    },
    context.now,
  );
  giveReceipt(next, { source, eventId, outcome: "rejected", reason: "invalid", at: context.now, details: errors });
  return next;
}

/** A removal asked for again keeps the time of the first: its minute has begun. */
function isRepeatedRemoval(ad: Ad, { type }: InventoryEvent): ad is Ad & { wish: Wish } {
  return type === "inventory.item.removed" && ad.wish?.state === "waiting" && ad.wish.want.kind === "no-ad";
}

const chargedCalls = {
  "inventory.item.bump-requested": "bump",
  "inventory.item.pole-position-requested": "pole_position",
} as const;

type WishEvent = Extract<InventoryEvent, { type: "inventory.item.upserted" | "inventory.item.removed" }>;

function wantOf(ad: Ad, event: WishEvent, warnings: Wanted["warnings"]): Want {
  if (event.type === "inventory.item.removed") {
    return { kind: "no-ad" };
  }
  const { vehicleType, ad: fields } = event.data;
  const document: StoredDocument = { vehicleType, ad: fields, ...(warnings && { warnings }) };
  const hash = hashDocument(document);
  ad.documents = { ...ad.documents, [hash]: document };
  return { kind: "document", hash };
}

function orderOf(event: InventoryEvent): WishOrder {
  const stated = event.time === undefined ? Number.NaN : Date.parse(event.time);
  return {
    sequence: event.sequence ?? null,
    time: Number.isNaN(stated) ? event.receivedAt : Math.min(stated, event.receivedAt),
    receivedAt: event.receivedAt,
    place: event.place,
  };
}

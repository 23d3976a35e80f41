import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Fact } from "./heard-ad.ts";

/** An ad event as EventBridge hands it to a target, as far as a listener reads it. */
export type Delivery = { "detail-type": string; detail: unknown };

/** A delivery that is no ad event. It will not be one the next time: it belongs into the dead letters. */
export class NotAnAdEventError extends Error {
  override readonly name = "NotAnAdEventError";
}

export type ReadDelivery = { event: AdEvent; ad: string; fact: Fact };

/** Reads no more of a delivery than it needs: fields and detail-types that are newer than this code pass through. */
export function readDelivery(delivery: unknown): ReadDelivery {
  const { "detail-type": type, detail } = fieldsOf(delivery);
  const { metadata, data } = fieldsOf(detail);
  const { id, sequence, dealerCode, itemId } = fieldsOf(metadata);
  if (typeof type !== "string" || typeof id !== "string" || typeof sequence !== "number") {
    throw new NotAnAdEventError(
      "this is no ad event: it lacks its detail-type, its metadata.id or its metadata.sequence",
    );
  }
  const { late, source } = fieldsOf(data);
  return {
    event: { type, metadata, data } as AdEvent,
    ad: JSON.stringify(itemId === null ? ["source", source] : [dealerCode, itemId]),
    fact: { id, type, sequence, isLate: late === true },
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

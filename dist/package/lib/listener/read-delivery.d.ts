import type { AdEvent } from "../shared/contracts/ad-event.js";
import type { Fact } from "./heard-ad.js";
/** An ad event as EventBridge hands it to a target, as far as a listener reads it. */
export type Delivery = {
    "detail-type": string;
    detail: unknown;
};
/** A delivery that is no ad event. It will not be one the next time: it belongs into the dead letters. */
export declare class NotAnAdEventError extends Error {
    readonly name = "NotAnAdEventError";
}
export type ReadDelivery = {
    event: AdEvent;
    ad: string;
    fact: Fact;
};
/** Reads no more of a delivery than it needs: fields and detail-types that are newer than this code pass through. */
export declare function readDelivery(delivery: unknown): ReadDelivery;

import { type EventPattern } from "aws-cdk-lib/aws-events";
import type { AdEventType } from "../../shared/contracts/ad-event.js";
/** Which ad events: of these detail-types (all, those to come included, unless told), of these dealers (all unless told). */
export type WantedAdEvents = {
    detailTypes?: readonly AdEventType[];
    dealers?: readonly string[];
};
/** What is on the bus beside ad events, the canaries, has no metadata. */
export declare function adEventPattern({ detailTypes, dealers }?: WantedAdEvents): EventPattern;

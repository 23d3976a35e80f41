import { type EventPattern, Match } from "aws-cdk-lib/aws-events";
import type { AdEventType } from "#shared/contracts/ad-event.ts";

/** Which ad events: of these detail-types (all, those to come included, unless told), of these dealers (all unless told). */
export type WantedAdEvents = { detailTypes?: readonly AdEventType[]; dealers?: readonly string[] };

/** What is on the bus beside ad events, the canaries, has no metadata. */
export function adEventPattern({ detailTypes, dealers }: WantedAdEvents = {}): EventPattern {
  const dealerCode = dealers === undefined ? {} : { dealerCode: [...dealers] };
  return {
    ...(detailTypes !== undefined && { detailType: [...detailTypes] }),
    detail: { metadata: { id: Match.exists(), ...dealerCode } },
  };
}

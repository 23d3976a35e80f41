/**
 * The detail-type of the event by which the bridge hears whether its own bus and rules work. It is no ad event: nobody else
 * has a use for it.
 */
export const canaryDetailType = "BridgeCanary";

/** The detail of a canary; `sentAt` in epoch milliseconds, by the clock of the one who sent it. */
export type CanaryDetail = { version: 1; sentAt: number };

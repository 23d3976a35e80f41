import { EventBus } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { type WantedAdEvents } from "./ad-event-pattern.js";
export type AdEventRelayProps = WantedAdEvents & {
    /** Of the stage's bus. Its stage has to name this account in `listenerAccounts`. */
    busArn: string;
    /** What the stage sets as `eventSource`: its bus takes no rule of another account that could match anything else. */
    eventSource: string;
};
/**
 * Ad events from the bus of another account to a bus of one's own, on which an `AdEventSubscription` then listens. The rule lies
 * on the other account's bus and belongs to this one.
 */
export declare class AdEventRelay extends Construct {
    readonly bus: EventBus;
    constructor(scope: Construct, id: string, { busArn, eventSource, ...wanted }: AdEventRelayProps);
}

import { type ListenerOptions } from "./ad-event-listener.js";
import { type Delivery } from "./read-delivery.js";
/** Messages of an SQS queue that is the target of a rule: each body is one delivery. */
export type QueuedDeliveries = {
    Records: readonly {
        messageId: string;
        body: string;
    }[];
};
/** What Lambda is told of a batch: these messages come again, the others are done with. */
export type BatchAnswer = {
    batchItemFailures: {
        itemIdentifier: string;
    }[];
};
export type LambdaListenerOptions = ListenerOptions & {
    /** Told of each message of a batch that comes again, and why; written to the log unless told. */
    onFailure?: (error: unknown, messageId: string) => void;
};
/**
 * A Lambda function's handler for ad events: straight from a rule, or from a queue whose event source reports batch item
 * failures. Of a batch the events of one ad go one after the other in their order, and those behind one that failed come
 * again with it.
 */
export declare function lambdaListener(options: LambdaListenerOptions): (event: Delivery | QueuedDeliveries) => Promise<BatchAnswer | undefined>;

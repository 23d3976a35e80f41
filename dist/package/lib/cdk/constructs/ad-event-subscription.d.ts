import { Duration } from "aws-cdk-lib";
import { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { Rule } from "aws-cdk-lib/aws-events";
import { type IFunction } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { type IQueue, Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type WantedAdEvents } from "./ad-event-pattern.js";
export type AdEventSubscriptionProps = WantedAdEvents & {
    /** The bus of the stage, which has the stage's name; or one's own, behind an `AdEventRelay`. */
    busName: string;
    /** A function is fed from a queue that is made for it; it answers as `lambdaListener` does. */
    target: IFunction | IQueue;
    /** How often a function gets an event before it is a dead letter: 10 times unless told. */
    maxReceiveCount?: number;
    /** For so long EventBridge tries to reach the queue: a day unless told, which is its most. */
    maxEventAge?: Duration;
    /** Who is told when a dead letter is there, and when none is left. */
    alarmTopic?: ITopic;
};
/**
 * Ad events to a function or a queue, with a dead-letter queue for all that doesn't get there and an alarm on the first letter.
 * A letter is the event as it was delivered, whether the rule or the function failed: it can go back into `queue`.
 */
export declare class AdEventSubscription extends Construct {
    /** What the rule feeds: the target, or the queue before the function. */
    readonly queue: IQueue;
    readonly deadLetters: Queue;
    readonly rule: Rule;
    readonly alarm: Alarm;
    constructor(scope: Construct, id: string, props: AdEventSubscriptionProps);
    private feed;
    private addAlarm;
}

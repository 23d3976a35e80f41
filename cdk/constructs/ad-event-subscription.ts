import { Duration } from "aws-cdk-lib";
import { Alarm, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { type IFunction, Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { type IQueue, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { adEventPattern, type WantedAdEvents } from "#cdk/constructs/ad-event-pattern.ts";

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

/** As long as SQS keeps anything. */
const longestRetention = Duration.days(14);

/** Of the function's timeout, as Lambda advises. */
const visibilityFactor = 6;
const leastVisibilitySeconds = 60;

/**
 * Ad events to a function or a queue, with a dead-letter queue for all that doesn't get there and an alarm on the first letter.
 * A letter is the event as it was delivered, whether the rule or the function failed: it can go back into `queue`.
 */
export class AdEventSubscription extends Construct {
  /** What the rule feeds: the target, or the queue before the function. */
  readonly queue: IQueue;
  readonly deadLetters: Queue;
  readonly rule: Rule;
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: AdEventSubscriptionProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, "DeadLetters", { retentionPeriod: longestRetention, ...guarded });
    this.queue = "queueArn" in props.target ? props.target : this.feed(props.target, props.maxReceiveCount ?? 10);
    this.rule = new Rule(this, "Rule", {
      description: "Ad events of the Blocket bridge",
      eventBus: EventBus.fromEventBusName(this, "Bus", props.busName),
      eventPattern: adEventPattern(props),
      targets: [
        new SqsQueue(this.queue, {
          deadLetterQueue: this.deadLetters,
          maxEventAge: props.maxEventAge ?? Duration.days(1),
          retryAttempts: 185,
        }),
      ],
    });
    this.alarm = this.addAlarm(props.alarmTopic);
  }

  private feed(target: IFunction, maxReceiveCount: number): Queue {
    const timeout = target instanceof LambdaFunction ? target.timeout : undefined;
    const seconds = Math.max(
      leastVisibilitySeconds,
      (timeout?.toSeconds() ?? leastVisibilitySeconds) * visibilityFactor,
    );
    const queue = new Queue(this, "Queue", {
      retentionPeriod: longestRetention,
      visibilityTimeout: Duration.seconds(seconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
      ...guarded,
    });
    target.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
    return queue;
  }

  private addAlarm(topic: ITopic | undefined): Alarm {
    const alarm = new Alarm(this, "Alarm", {
      alarmDescription: "An ad event did not get to its listener: it is in the dead-letter queue.",
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: "Maximum",
      }),
      threshold: 1,
      evaluationPeriods: 1,
      // SQS stops to measure a queue that has long been empty.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (topic !== undefined) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
    return alarm;
  }
}

const guarded = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };

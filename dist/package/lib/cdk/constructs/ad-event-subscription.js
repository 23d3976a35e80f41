import { Duration } from "aws-cdk-lib";
import { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { adEventPattern } from "./ad-event-pattern.js";
const longestRetention = Duration.days(14);
const visibilityFactor = 6;
const leastVisibilitySeconds = 60;
class AdEventSubscription extends Construct {
  /** What the rule feeds: the target, or the queue before the function. */
  queue;
  deadLetters;
  rule;
  alarm;
  constructor(scope, id, props) {
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
          retryAttempts: 185
        })
      ]
    });
    this.alarm = this.addAlarm(props.alarmTopic);
  }
  feed(target, maxReceiveCount) {
    const timeout = target instanceof LambdaFunction ? target.timeout : void 0;
    const seconds = Math.max(
      leastVisibilitySeconds,
      (timeout?.toSeconds() ?? leastVisibilitySeconds) * visibilityFactor
    );
    const queue = new Queue(this, "Queue", {
      retentionPeriod: longestRetention,
      visibilityTimeout: Duration.seconds(seconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
      ...guarded
    });
    target.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
    return queue;
  }
  addAlarm(topic) {
    const alarm = new Alarm(this, "Alarm", {
      alarmDescription: "An ad event did not get to its listener: it is in the dead-letter queue.",
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: "Maximum"
      }),
      threshold: 1,
      evaluationPeriods: 1
    });
    if (topic !== void 0) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
    return alarm;
  }
}
const guarded = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
export {
  AdEventSubscription
};

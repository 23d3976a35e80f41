import { Duration } from "aws-cdk-lib";
import { Rule, RuleTargetInput, Schedule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { IQueue, Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { deadLetterQueue } from "#cdk/constructs/work-queue.ts";
import type { PollMessage } from "#shared/contracts/queue-message.ts";

const tick: PollMessage = { version: 1, kind: "tick" };

/**
 * Puts a tick into the poll queue every minute: what takes up a polling chain that was lost.
 *
 * Ticks that can't be delivered have a dead-letter queue of their own. EventBridge files the event there, not the message
 * made of it, so a redrive into the poll queue would only bring unreadable messages.
 */
export class MinuteTick extends Construct {
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, pollQueue: IQueue) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this, "DeadLetters");
    const target = new SqsQueue(pollQueue, {
      message: RuleTargetInput.fromObject(tick),
      deadLetterQueue: this.deadLetters,
      // The next tick does the same work: an older one isn't worth more.
      maxEventAge: Duration.minutes(5),
      retryAttempts: 5,
    });
    new Rule(this, "Rule", { schedule: Schedule.rate(Duration.minutes(1)), targets: [target] });
  }
}

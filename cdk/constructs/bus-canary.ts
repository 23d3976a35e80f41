import { Duration } from "aws-cdk-lib";
import { EventBus, EventField, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { IQueue, Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { deadLetterQueue } from "#cdk/constructs/work-queue.ts";
import { canaryDetailType } from "#shared/contracts/canary.ts";
import type { PollMessage } from "#shared/contracts/queue-message.ts";

/** EventBridge puts a field of the event where its placeholder is: in the template every field is text, in the message it is what it was. */
type Template<M> = { [F in keyof M]: M[F] | string };

const canary: Template<Extract<PollMessage, { kind: "canary" }>> = {
  version: 1,
  kind: "canary",
  sentAt: EventField.fromPath("$.detail.sentAt"),
};

export type BusCanaryProps = { busName: string; eventSource: string; pollQueue: IQueue };

/**
 * Brings the canaries that `poll` puts on the bus back into the poll queue, by the way that the rules of listeners go:
 * putting an event on a bus that isn't there succeeds, and only what doesn't come back tells.
 */
export class BusCanary extends Construct {
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { busName, eventSource, pollQueue }: BusCanaryProps) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this, "DeadLetters");
    const target = new SqsQueue(pollQueue, {
      message: RuleTargetInput.fromObject(canary),
      deadLetterQueue: this.deadLetters,
      // One that comes later than this has been missed already.
      maxEventAge: Duration.minutes(5),
      retryAttempts: 5,
    });
    new Rule(this, "Rule", {
      description: "Blocket bridge: canaries back to the poll queue",
      eventBus: EventBus.fromEventBusName(this, "Bus", busName),
      eventPattern: { source: [eventSource], detailType: [canaryDetailType] },
      targets: [target],
    });
  }
}

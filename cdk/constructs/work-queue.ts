import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/** As long as SQS keeps anything. */
const longestRetention = Duration.days(14);

/** Of the consumer's timeout; less, and Lambda's own retries of a throttled batch could overtake the message. */
const visibilityFactor = 6;

export type WorkQueueProps = {
  /** The timeout of the function that consumes the queue. */
  consumerTimeout: Duration;
  maxReceiveCount: number;
  /** How long a message that nobody takes is worth keeping; 14 days unless told. */
  retention?: Duration;
  /** Whether both queues stay, with what is in them, when their stack is deleted; no unless told. */
  isKept?: boolean;
};

/** A standard queue for one function, and the dead-letter queue that its undigestible messages end in. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { consumerTimeout, maxReceiveCount, retention, isKept = false } = props;
    this.deadLetters = deadLetterQueue(this, "DeadLetters");
    this.queue = new Queue(this, "Queue", {
      visibilityTimeout: Duration.seconds(consumerTimeout.toSeconds() * visibilityFactor),
      retentionPeriod: retention ?? longestRetention,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    if (isKept) {
      this.queue.applyRemovalPolicy(RemovalPolicy.RETAIN);
      this.deadLetters.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }
}

/** A queue for what a person must look at. */
export function deadLetterQueue(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, {
    retentionPeriod: longestRetention,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });
  Validations.of(queue).acknowledge({
    id: "AwsSolutions::AwsSolutions-SQS3",
    reason:
      "It is a dead-letter queue itself; the check sees those of queues only, not those of an event rule's targets.",
  });
  return queue;
}

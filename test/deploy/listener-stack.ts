import { CfnOutput, Stack } from "aws-cdk-lib";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { deadLetterQueue } from "#cdk/constructs/work-queue.ts";
import { keptNames } from "#cdk/kept-names.ts";
import type { StageSettings } from "#cdk/stages.ts";
import { adEventDataSchemas } from "#shared/contracts/ad-event.ts";

/** What somebody who listens deploys: a queue, behind a rule for every ad event on the bridge's bus. */
export class ListenerStack extends Stack {
  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    const queue = new Queue(this, "AdEvents", { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true });
    const target = new SqsQueue(queue, { deadLetterQueue: deadLetterQueue(this, "DeadLetters") });
    new Rule(this, "Rule", {
      eventBus: EventBus.fromEventBusName(this, "Bus", keptNames(settings).eventBus),
      eventPattern: { source: [settings.eventSource], detailType: Object.keys(adEventDataSchemas) },
      targets: [target],
    });
    new CfnOutput(this, "QueueUrl", { value: queue.queueUrl });
  }
}

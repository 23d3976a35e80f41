import { CfnOutput, Stack } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { AdEventSubscription } from "#cdk/constructs/ad-event-subscription.ts";
import { keptNames } from "#cdk/kept-names.ts";
import type { StageSettings } from "#cdk/stages.ts";

/** What somebody who listens deploys: a queue that is told every ad event of the bridge. */
export class ListenerStack extends Stack {
  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    const queue = new Queue(this, "AdEvents", { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true });
    new AdEventSubscription(this, "Subscription", { busName: keptNames(settings).eventBus, target: queue });
    new CfnOutput(this, "QueueUrl", { value: queue.queueUrl });
  }
}

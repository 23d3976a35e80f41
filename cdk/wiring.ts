import { ArnFormat, type Stack } from "aws-cdk-lib";
import type { WorkQueue } from "#cdk/constructs/work-queue.ts";
import type { Environment } from "#cdk/function-environment.ts";
import { dueIndex, keptNames } from "#cdk/kept-names.ts";
import type { Resources } from "#cdk/permissions.ts";
import type { StageSettings } from "#cdk/stages.ts";
import { environment } from "#shared/contracts/environment.ts";

export type Queues = { submit: WorkQueue; poll: WorkQueue };

/** The ARNs of all that the functions use; of what is kept, made from its name. */
export function resourceArns(stack: Stack, settings: StageSettings, queues: Queues): Resources {
  const names = keptNames(settings);
  const adsTable = stack.formatArn({ service: "dynamodb", resource: "table", resourceName: names.adsTable });
  return {
    adsTable,
    dueIndex: `${adsTable}/index/${dueIndex}`,
    eventBus: stack.formatArn({ service: "events", resource: "event-bus", resourceName: names.eventBus }),
    sourcesSecret: secretArn(stack, names.sourcesSecret),
    tokensSecret: secretArn(stack, names.tokensSecret),
    submitQueue: queues.submit.queue.queueArn,
    submitDeadLetters: queues.submit.deadLetters.queueArn,
    pollQueue: queues.poll.queue.queueArn,
    pollDeadLetters: queues.poll.deadLetters.queueArn,
    encryptionKey: settings.encryptionKeyArn,
  };
}

/** Secrets Manager puts six characters of its own behind a secret's name, which is as exact as a name can be. */
function secretArn(stack: Stack, name: string): string {
  return stack.formatArn({
    service: "secretsmanager",
    resource: "secret",
    resourceName: `${name}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** What each variable holds in this deployment. */
export function environmentValues(settings: StageSettings, queues: Queues): Environment {
  const names = keptNames(settings);
  return {
    [environment.adsTable]: names.adsTable,
    [environment.submitQueue]: queues.submit.queue.queueUrl,
    [environment.submitDeadLetters]: queues.submit.deadLetters.queueUrl,
    [environment.pollQueue]: queues.poll.queue.queueUrl,
    [environment.pollDeadLetters]: queues.poll.deadLetters.queueUrl,
    [environment.eventBus]: names.eventBus,
    [environment.eventSource]: settings.eventSource,
    [environment.sourcesSecret]: names.sourcesSecret,
    [environment.tokensSecret]: names.tokensSecret,
    [environment.marketplace]: settings.marketplaceUrl,
    [environment.waits]: JSON.stringify(settings.waits),
    [environment.maxReadsPerSecond]: String(settings.maxReadsPerSecond),
    [environment.maxPictures]: String(settings.maxPictures),
    [environment.metricsNamespace]: settings.name,
    [environment.forceHidden]: String(settings.forceHidden),
  };
}

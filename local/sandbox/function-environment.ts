import { productionMaxPictures } from "#shared/contracts/cut-pictures.ts";
import { environment } from "#shared/contracts/environment.ts";
import { names } from "./sandbox-constants.ts";
import { sandboxWaits } from "./sandbox-waits.ts";

export type Endpoints = { sqs: string; dynamodb: string; stub: string; marketplace: string };

type VariableName = (typeof environment)[keyof typeof environment];

/**
 * What the functions find in their environment: their own variables, and where the SDK finds AWS. A log level, or that every
 * ad is to be hidden, stays as the user has given it.
 */
export function functionEnvironment(
  endpoints: Endpoints,
  { queueUrl, given }: { queueUrl(name: string): string; given: Readonly<Record<string, string | undefined>> },
): Record<string, string> {
  const own: Record<VariableName, string> = {
    [environment.adsTable]: names.table,
    [environment.submitQueue]: queueUrl(names.submitQueue),
    [environment.submitDeadLetters]: queueUrl(names.submitDeadLetters),
    [environment.pollQueue]: queueUrl(names.pollQueue),
    [environment.pollDeadLetters]: queueUrl(names.pollDeadLetters),
    [environment.eventBus]: names.bus,
    [environment.eventSource]: names.eventSource,
    [environment.sourcesSecret]: names.sourcesSecret,
    [environment.tokensSecret]: names.tokensSecret,
    [environment.marketplace]: endpoints.marketplace,
    [environment.waits]: JSON.stringify(sandboxWaits),
    [environment.maxReadsPerSecond]: "50",
    [environment.maxPictures]: String(productionMaxPictures),
    [environment.metricsNamespace]: "blocket-bridge-sandbox",
    [environment.forceHidden]: given[environment.forceHidden] ?? "false",
  };
  return {
    ...own,
    AWS_REGION: "eu-north-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.stub,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.stub,
    LOG_LEVEL: given.LOG_LEVEL ?? "WARN",
  };
}

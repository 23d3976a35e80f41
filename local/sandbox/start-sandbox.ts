import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { FunctionName } from "#cdk/bundle.ts";
import { productionSettings } from "#cdk/stages.ts";
import { localClient } from "#local/emulators/local-client.ts";
import { startSimulator } from "#local/simulator/server.ts";
import type { Views } from "./answer-view.ts";
import { addCanaryRule } from "./canary-rule.ts";
import { functionEnvironment } from "./function-environment.ts";
import type { Invocation } from "./invoke-function.ts";
import { type Functions, loadFunctions } from "./load-functions.ts";
import { lockDirectory } from "./lock-directory.ts";
import { adReader } from "./read-ad-record.ts";
import type { SandboxSettings } from "./read-settings.ts";
import { functionTimeoutMs, names, tickMs } from "./sandbox-constants.ts";
import { type Emulators, startEmulators } from "./start-emulators.ts";
import { startHttpFront } from "./start-http-front.ts";
import { startQueuePoller } from "./start-queue-poller.ts";
import { startTicks } from "./start-ticks.ts";

export type Sandbox = Views & {
  bridgeUrl: string;
  simulatorUrl: string;
  /** Ends what is under way, then everything. */
  close(): Promise<void>;
};

/** More receivers than this only cost time on one machine. */
const mostReceivers = 4;

/**
 * Starts everything, in this process: AWS, the marketplace, the functions and what calls them. It sets the functions'
 * environment variables in its own. Rejects with one sentence, and then has closed again what it had started.
 */
export async function startSandbox(
  settings: SandboxSettings,
  report: (line: string) => void = console.error,
): Promise<Sandbox> {
  await using closing = new AsyncDisposableStack();
  if (settings.dir !== null) {
    const lock = lockDirectory(settings.dir);
    closing.defer(() => lock.release());
  }
  const simulator = await startSimulator({
    port: settings.simulatorPort,
    ...(settings.dir === null ? {} : { dir: join(settings.dir, "simulator") }),
  });
  closing.defer(() => simulator.close());
  const emulators = await startEmulators(settings.dir, closing);
  const environment = setEnvironment(emulators, simulator.url);
  const functions = await loadFunctions(settings);
  const views = { ...openViews(emulators, closing), environment };
  const behind = { receive: invocationOf("receive", functions), status: invocationOf("status", functions) };
  const front = await startHttpFront({ port: settings.port, functions: behind, views, report });
  closing.defer(() => front.close());
  startQueues(emulators, { functions, report, closing });
  const started = closing.move();
  return { ...views, bridgeUrl: front.url, simulatorUrl: simulator.url, close: () => started.disposeAsync() };
}

function setEnvironment({ sqs, dynamodb, stub }: Emulators, simulatorUrl: string): Record<string, string> {
  const marketplace = `${simulatorUrl}/pro-import-api`;
  const endpoints = { sqs: sqs.endpoint, dynamodb: dynamodb.endpoint, stub: stub.endpoint, marketplace };
  const environment = functionEnvironment(endpoints, { queueUrl: sqs.queueUrl, given: process.env });
  Object.assign(process.env, environment);
  return environment;
}

function openViews({ dynamodb, stub }: Emulators, closing: AsyncDisposableStack): Omit<Views, "environment"> {
  const client = new DynamoDBClient(localClient(dynamodb.endpoint));
  closing.defer(() => client.destroy());
  return { bus: stub, setBusMood: stub.setBusMood, readAd: adReader({ client, tableName: names.table }) };
}

function invocationOf(functionName: FunctionName, functions: Functions): Invocation {
  return { functionName, handler: functions[functionName], timeoutMs: functionTimeoutMs };
}

type Work = { functions: Functions; report: (line: string) => void; closing: AsyncDisposableStack };

/** Batches are as large as in production. */
function startQueues({ sqs, stub }: Emulators, { functions, report, closing }: Work): void {
  const pollQueueUrl = sqs.queueUrl(names.pollQueue);
  const canaries = addCanaryRule(stub, { endpoint: sqs.endpoint, queueUrl: pollQueueUrl, report });
  closing.defer(() => canaries.close());
  for (const queueName of ["submit", "poll"] as const) {
    const { batchSize, maxConcurrency } = productionSettings[queueName];
    const poller = startQueuePoller({
      endpoint: sqs.endpoint,
      queueUrl: sqs.queueUrl(names[`${queueName}Queue`]),
      queueName: names[`${queueName}Queue`],
      batchSize,
      concurrency: Math.min(maxConcurrency, mostReceivers),
      invocation: invocationOf(queueName, functions),
      report,
    });
    closing.defer(() => poller.close());
  }
  const ticks = startTicks({ endpoint: sqs.endpoint, queueUrl: pollQueueUrl, everyMs: tickMs, report });
  closing.defer(() => ticks.close());
}

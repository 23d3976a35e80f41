import { CfnOutput, Duration, Stack } from "aws-cdk-lib";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import type { FunctionName } from "#cdk/bundle.ts";
import { BridgeFunction } from "#cdk/constructs/bridge-function.ts";
import { BusCanary } from "#cdk/constructs/bus-canary.ts";
import { InventoryApi } from "#cdk/constructs/inventory-api.ts";
import { MinuteTick } from "#cdk/constructs/minute-tick.ts";
import { WorkQueue } from "#cdk/constructs/work-queue.ts";
import { environmentOf } from "#cdk/function-environment.ts";
import { functionTimeouts } from "#cdk/function-timeouts.ts";
import { keptNames } from "#cdk/kept-names.ts";
import { permissionsOf } from "#cdk/permissions.ts";
import type { StageSettings } from "#cdk/stages.ts";
import { Alarms } from "#cdk/watch/alarms.ts";
import { BridgeDashboard } from "#cdk/watch/dashboard.ts";
import type { Watched } from "#cdk/watch/watched.ts";
import { environmentValues, type Queues, resourceArns } from "#cdk/wiring.ts";

/** What every deployment may replace: the door, the functions, the queues between them, the schedule, the canaries' rule, the alarms. */
export class BridgeStack extends Stack {
  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id, { description: "Blocket bridge: what is replaced" });
    const queues = this.addQueues(settings);
    const functions = this.addFunctions(settings, queues);
    consume(functions.submit, queues.submit, settings.submit);
    consume(functions.poll, queues.poll, settings.poll);
    const tick = new MinuteTick(this, "MinuteTick", queues.poll.queue);
    const { name, requests, eventSource, logRetentionDays } = settings;
    const canary = new BusCanary(this, "BusCanary", {
      busName: keptNames(settings).eventBus,
      eventSource,
      pollQueue: queues.poll.queue,
    });
    const { receive, submit, poll, status } = functions;
    const lambdas = { receive: receive.lambda, submit: submit.lambda, poll: poll.lambda, status: status.lambda };
    const api = new InventoryApi(this, "InventoryApi", { name, functions: lambdas, requests, logRetentionDays });
    const watched: Watched = {
      settings,
      api: api.api,
      functions: lambdas,
      queues: { submit: queues.submit.queue, poll: queues.poll.queue },
      deadLetters: {
        submit: queues.submit.deadLetters,
        poll: queues.poll.deadLetters,
        tick: tick.deadLetters,
        canary: canary.deadLetters,
      },
    };
    new Alarms(this, "Alarms", watched);
    new BridgeDashboard(this, "Dashboard", watched);
    new CfnOutput(this, "Url", { value: api.url, description: "POST sources/{source}/inventory-events" });
    const environment = this.toJsonString(environmentValues(settings, queues));
    new CfnOutput(this, "Environment", { value: environment, description: "Where everything is, for npm run bridge" });
  }

  private addQueues(settings: StageSettings): Queues {
    return {
      submit: new WorkQueue(this, "SubmitQueue", {
        consumerTimeout: Duration.seconds(functionTimeouts.submit),
        maxReceiveCount: settings.submit.maxReceiveCount,
        // It holds what sources were told is durable.
        isKept: true,
      }),
      poll: new WorkQueue(this, "PollQueue", {
        consumerTimeout: Duration.seconds(functionTimeouts.poll),
        maxReceiveCount: settings.poll.maxReceiveCount,
        // Rounds and ticks only say "look now": after an outage one of them is as good as a thousand. Yet long enough for
        // one that fails each time to become a dead letter before it expires.
        retention: Duration.hours(4),
      }),
    };
  }

  private addFunctions(settings: StageSettings, queues: Queues) {
    const resources = resourceArns(this, settings, queues);
    const values = environmentValues(settings, queues);
    const add = (id: string, functionName: FunctionName) =>
      new BridgeFunction(this, id, {
        functionName,
        environment: environmentOf(functionName, values),
        permissions: permissionsOf(functionName, resources),
        logRetentionDays: settings.logRetentionDays,
        memoryMb: settings.memoryMb[functionName],
      });
    return {
      receive: add("Receive", "receive"),
      submit: add("Submit", "submit"),
      poll: add("Poll", "poll"),
      status: add("Status", "status"),
    };
  }
}

/** Not the library's SQS event source, which would grant the role more than it needs. */
function consume(consumer: BridgeFunction, { queue }: WorkQueue, settings: StageSettings["submit"]): void {
  new EventSourceMapping(consumer, "Messages", {
    target: consumer.lambda,
    eventSourceArn: queue.queueArn,
    batchSize: settings.batchSize,
    maxBatchingWindow: Duration.seconds(settings.batchWindowSeconds),
    maxConcurrency: settings.maxConcurrency,
    reportBatchItemFailures: true,
  });
}

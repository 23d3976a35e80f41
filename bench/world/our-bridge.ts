import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { productionSettings } from "#cdk/stages.ts";
import { canaryLog } from "#functions/poll/log-canary.ts";
import { roundLog, standingLog } from "#functions/poll/log-rounds.ts";
import { type PollPorts, poll, takeUpLostChains } from "#functions/poll/poll.ts";
import { measureRequest } from "#functions/receive/measure-request.ts";
import { receive } from "#functions/receive/receive.ts";
import { callLog, foreignLog } from "#functions/submit/log-calls.ts";
import { type SubmitPorts, submit } from "#functions/submit/submit.ts";
import { keyOf } from "#functions/submit/take-message.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { dynamoChainTable } from "#shared/aws/dynamo-chain-table.ts";
import { dynamoLaneTable } from "#shared/aws/dynamo-lane-table.ts";
import { eventBridgeBus } from "#shared/aws/event-bridge-bus.ts";
import { sqsPollQueue } from "#shared/aws/sqs-poll-queue.ts";
import { sqsSubmitQueue } from "#shared/aws/sqs-submit-queue.ts";
import { blocketMarketplace } from "#shared/blocket/client.ts";
import { tokenDirectory } from "#shared/blocket/token-directory.ts";
import { pollMessageSchema, queueMessageSchema } from "#shared/contracts/queue-message.ts";
import type { Waits } from "#shared/contracts/waits.ts";
import { httpHandler } from "#shared/lambda/http-handler.ts";
import { createLogger } from "#shared/lambda/logger.ts";
import { sqsHandler } from "#shared/lambda/sqs-handler.ts";
import { bridgeLog } from "#shared/wiring/bridge-log.ts";
import { fakeCanaryBus } from "#test/support/aws/fake-canary-bus.ts";
import { fakeCanaryTable } from "#test/support/aws/fake-canary-table.ts";
import { fakeValues } from "#test/support/aws/fake-values-table.ts";
import { logEventBytes } from "./assumptions.ts";
import type { Bridge, Surroundings } from "./bridge.ts";
import { lambdaFunction } from "./lambda-function.ts";
import { memoryDynamoDb, memoryEventBridge, memorySqs } from "./memory-clients.ts";
import { memoryQueue } from "./memory-queue.ts";
import { scheduleTicks } from "./schedule-ticks.ts";
import { sourcesOf } from "./seller.ts";

const urls = {
  submit: "https://sqs.eu-north-1.amazonaws.com/0/submit",
  poll: "https://sqs.eu-north-1.amazonaws.com/0/poll",
};
const tableName = "ads";
const timeoutMs = { receive: 10_000, submit: 120_000, poll: 60_000 };

/** A line of the access log that `cdk/constructs/inventory-api.ts` sets. */
const accessLineBytes =
  logEventBytes +
  '{"requestId":"JKJaXmPLvHcESHA=","routeKey":"POST /sources/{source}/inventory-events","requestTime":"05/Jan/2026:08:00:00 +0000","status":"202","responseLength":"58","responseLatency":"12","integrationStatus":"202"}'
    .length;

/** What may be tried beside the settings of production. */
export type Tuning = { waits?: Partial<Waits>; maxReadsPerSecond?: number };

/**
 * The bridge as it is deployed (its handlers' steps, its adapters, its settings of production) over AWS and the marketplace
 * in memory, in virtual time. `until`: the last tick of its schedule.
 */
export function ourBridge(surroundings: Surroundings, until: number, tuning: Tuning = {}): Bridge {
  const { world } = surroundings;
  const queues = { [urls.submit]: memoryQueue(world), [urls.poll]: memoryQueue(world) };
  const part = { surroundings, queues, tuning };
  const inSubmit = submitFunction(part);
  const inPoll = pollFunction(part);
  const consumption = { invoke: inSubmit, part: "submit", isGrouped: true, ...consumptionOf("submit") };
  queues[urls.submit]?.consume(consumption);
  queues[urls.poll]?.consume({ invoke: inPoll, part: "poll", isGrouped: false, ...consumptionOf("poll") });
  scheduleTicks(world, until, () => queues[urls.poll]?.put(JSON.stringify({ version: 1, kind: "tick" }), 0));
  const inReceive = receiveFunction(part);
  return {
    async post(event) {
      world.meter.count("receive", "API Gateway requests", 1);
      world.meter.count("receive", "log GB", accessLineBytes / 1e9);
      return (await inReceive(event)).statusCode ?? 0;
    },
  };
}

function consumptionOf(name: "submit" | "poll") {
  const { batchSize, batchWindowSeconds, maxConcurrency } = productionSettings[name];
  return { batchSize, maxConcurrency, windowMs: batchWindowSeconds * 1_000 };
}

type Part = {
  surroundings: Surroundings;
  queues: Record<string, ReturnType<typeof memoryQueue>>;
  tuning: Tuning;
};

function receiveFunction({ surroundings: { world, tokens }, queues }: Part) {
  const name = "receive";
  const logger = createLogger(name, productionSettings.name);
  const sources = sourcesOf(tokens.flatMap(({ dealers }) => dealers));
  const dependencies = {
    sources: { read: async () => sources },
    rateLimit: () => null,
    queue: sqsSubmitQueue({ client: memorySqs(world, name, queues), queueUrl: urls.submit }),
    knownValues: { current: () => new Map() },
    mostPictures: productionSettings.maxPictures,
    now: world.engine.now,
  };
  const handler = httpHandler({ name, logger, measure: measureRequest }, (request, note) =>
    receive(dependencies, request, note),
  );
  return lambdaFunction<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
    world,
    {
      part: name,
      memoryMb: productionSettings.memoryMb.receive,
      timeoutMs: timeoutMs.receive,
      hasPlatformLines: false,
    },
    handler,
  );
}

function submitFunction(part: Part) {
  const name = "submit";
  const { world } = part.surroundings;
  const logger = createLogger(name, productionSettings.name);
  const ports: SubmitPorts = {
    ...sharedPorts(part, name),
    forceHidden: false,
    ...bridgeLog(logger),
    logCall: callLog(logger),
    logForeign: foreignLog(logger),
  };
  const groupBy = (message: Parameters<typeof keyOf>[0]) => formatAdKey(keyOf(message));
  const handler = sqsHandler({ name, logger, schema: queueMessageSchema, ...noFailures, groupBy }, (message, context) =>
    submit(ports, message, context),
  );
  return lambdaFunction<SQSEvent, SQSBatchResponse>(
    world,
    { part: name, memoryMb: productionSettings.memoryMb.submit, timeoutMs: timeoutMs.submit, hasPlatformLines: false },
    handler,
  );
}

function pollFunction(part: Part) {
  const name = "poll";
  const { world } = part.surroundings;
  const logger = createLogger(name, productionSettings.name);
  const shared = sharedPorts(part, name);
  const ports: PollPorts = {
    ...shared,
    submitQueue: sqsSubmitQueue({ client: memorySqs(world, name, part.queues), queueUrl: urls.submit }),
    maxReadsPerSecond: part.tuning.maxReadsPerSecond ?? productionSettings.maxReadsPerSecond,
    ...bridgeLog(logger),
    canaryBus: fakeCanaryBus(),
    canaryTable: fakeCanaryTable(),
    ...fakeValues(),
    logCanary: canaryLog(logger, "bus"),
    logRound: roundLog(logger),
    logStanding: standingLog(logger),
    logFailure: (fault) => {
      throw fault;
    },
  };
  const handler = sqsHandler({ name, logger, schema: pollMessageSchema, ...noFailures }, (message) =>
    message.kind === "tick" ? takeUpLostChains(ports) : poll(ports, message),
  );
  return lambdaFunction<SQSEvent, SQSBatchResponse>(
    world,
    { part: name, memoryMb: productionSettings.memoryMb.poll, timeoutMs: timeoutMs.poll, hasPlatformLines: false },
    handler,
  );
}

/** Nothing fails here; the queue throws where something does all the same. */
const noFailures = { deadLetters: { send: async () => {} }, postpone: async () => {} };

function sharedPorts({ surroundings, queues, tuning }: Part, name: "submit" | "poll") {
  const { world, marketplace, tokens, hear } = surroundings;
  const { now } = world.engine;
  const table = { client: memoryDynamoDb(world, name), tableName };
  const waits = { ...productionSettings.waits, ...tuning.waits };
  const directory = tokenDirectory(async () => tokens);
  const { httpCall } = marketplace;
  let ids = 0;
  return {
    table: dynamoAdTable(table),
    chains: dynamoChainTable(table),
    lanes: dynamoLaneTable(table),
    bus: eventBridgeBus({ client: memoryEventBridge(world, name, hear), busName: "bus", source: "blocket-bridge" }),
    pollQueue: sqsPollQueue({ client: memorySqs(world, name, queues), queueUrl: urls.poll }),
    marketplace: blocketMarketplace({ httpCall, tokens: directory.findToken, now, readTimeoutMs: waits.callMs }),
    tokens: directory,
    // As long as a UUID is: it is part of what is stored.
    circumstances: { now, newId: () => `${name}-${String(++ids).padStart(29, "0")}`, random: () => 0.5 },
    waits,
  };
}

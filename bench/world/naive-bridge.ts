import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, SQSEvent } from "aws-lambda";
import { type NaivePorts, pollUrl, submitUrl } from "#bench/reference/naive/naive-ports.ts";
import { poll, tick } from "#bench/reference/naive/poll.ts";
import { receive } from "#bench/reference/naive/receive.ts";
import { submit } from "#bench/reference/naive/submit.ts";
import { productionSettings } from "#cdk/stages.ts";
import type { Bridge, Surroundings } from "./bridge.ts";
import { lambdaFunction } from "./lambda-function.ts";
import { memoryDynamoDb, memoryEventBridge, memorySqs } from "./memory-clients.ts";
import { memoryQueue } from "./memory-queue.ts";
import { secret } from "./seller.ts";

const minuteMs = 60_000;
/** More than it needs: what waits for a place would be told later. */
const maxConcurrency = 200;

/** The naive bridge over AWS and the marketplace in memory, in virtual time; `until`: the last tick of its schedule. */
export function naiveBridge({ world, marketplace, tokens, hear }: Surroundings, until: number): Bridge {
  const { engine, meter } = world;
  const queues = { [submitUrl]: memoryQueue(world), [pollUrl]: memoryQueue(world) };
  const dealers = new Map(tokens.flatMap(({ token, dealers: all }) => all.map((dealer) => [dealer, token] as const)));
  let ids = 0;
  const portsOf = (service: string): NaivePorts => ({
    service,
    dynamoDb: memoryDynamoDb(world, service),
    sqs: memorySqs(world, service, queues),
    eventBridge: memoryEventBridge(world, service, hear),
    httpCall: marketplace.httpCall,
    tokenOf: (dealerCode) => dealers.get(dealerCode) ?? "",
    now: engine.now,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`,
    secret,
  });
  const functionOf = <E, R>(
    part: "receive" | "submit" | "poll",
    handler: (ports: NaivePorts, event: E) => Promise<R>,
  ) => {
    const ports = portsOf(part);
    const options = { part, memoryMb: productionSettings.memoryMb[part], timeoutMs: 60_000, hasPlatformLines: true };
    return lambdaFunction<E, R>(world, options, (event) => handler(ports, event));
  };
  const consumption = { batchSize: 1, maxConcurrency, windowMs: 0, isGrouped: false };
  const nothing = { batchItemFailures: [] };
  const inSubmit = functionOf("submit", async (ports, event: SQSEvent) => submit(ports, event).then(() => nothing));
  const inPoll = functionOf("poll", async (ports, event: SQSEvent) => poll(ports, event).then(() => nothing));
  queues[submitUrl]?.consume({ ...consumption, part: "submit", invoke: inSubmit });
  queues[pollUrl]?.consume({ ...consumption, part: "poll", invoke: inPoll });
  const inReceive = functionOf<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>("receive", receive);
  const inTick = functionOf("poll", (ports) => tick(ports));
  const schedule = (at: number) => {
    if (at <= until) {
      engine.at(at, () => void inTick(null).then(() => schedule(at + minuteMs)));
    }
  };
  schedule(engine.now() + minuteMs);
  return {
    async post(event) {
      meter.count("receive", "API Gateway requests", 1);
      return (await inReceive(event)).statusCode ?? 0;
    },
  };
}

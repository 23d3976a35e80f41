import { readFileSync } from "node:fs";
import type { Meter, Resource } from "#bench/world/meter.ts";

type PriceTable = { date: string; region: string; prices: Record<string, number> };

/** The price table with its date. */
export const priceTable = JSON.parse(readFileSync(new URL("../prices.json", import.meta.url), "utf8")) as PriceTable;

function priceOf(name: string): number {
  const price = priceTable.prices[name];
  if (price === undefined) {
    throw new Error(`bench/prices.json has no ${name}`);
  }
  return price;
}

const million = 1e6;

/** USD of one unit of each resource. Requests to DynamoDB and EventBridge are billed by their units and events. */
export const unitPrices: Record<Resource, number> = {
  "API Gateway requests": priceOf("apiGatewayHttpPerMillion") / million,
  "Lambda requests": priceOf("lambdaRequestsPerMillion") / million,
  "Lambda GB-s, waiting": priceOf("lambdaArmPerGbSecond"),
  "Lambda GB-s, computing": priceOf("lambdaArmPerGbSecond"),
  "DynamoDB requests": 0,
  "DynamoDB write units": priceOf("dynamodbWritePerMillion") / million,
  "DynamoDB read units": priceOf("dynamodbReadPerMillion") / million,
  "SQS requests": priceOf("sqsPerMillion") / million,
  "SQS requests with a group": priceOf("sqsFairSurchargePerMillion") / million,
  "EventBridge requests": 0,
  "EventBridge events": priceOf("eventbridgeCustomEventsPerMillion") / million,
  "log GB": priceOf("logsIngestionPerGb"),
};

export const resources = Object.keys(unitPrices) as Resource[];

/** Every AWS request that our own code makes or that is made for it, whether it is billed by itself or not. */
export const requestResources: readonly Resource[] = [
  "API Gateway requests",
  "Lambda requests",
  "DynamoDB requests",
  "SQS requests",
  "EventBridge requests",
];

/** USD of all that was counted. */
export function costOf(meter: Meter): number {
  return resources.reduce((sum, resource) => sum + meter.total(resource) * unitPrices[resource], 0);
}

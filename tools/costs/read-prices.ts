import { readFileSync } from "node:fs";
import { join } from "node:path";

type PriceName =
  | "cloudwatchAlarmPerMonth"
  | "cloudwatchDashboardPerMonth"
  | "cloudwatchMetricPerMonth"
  | "dynamodbReadPerMillion"
  | "dynamodbWritePerMillion"
  | "eventbridgeCustomEventsPerMillion"
  | "lambdaArmPerGbSecond"
  | "lambdaRequestsPerMillion"
  | "logsIngestionPerGb"
  | "secretPerMonth"
  | "secretCallsPer10k"
  | "sqsPerMillion";

type PriceList = { date: string; region: string; note: string; prices: Record<PriceName, number> };

const file = join(import.meta.dirname, "../../bench/prices.json");

/** The list prices of AWS, in USD, with the day and the region they are of. */
export const { date, region, prices }: PriceList = JSON.parse(readFileSync(file, "utf8"));

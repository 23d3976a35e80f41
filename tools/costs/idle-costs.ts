import { type MetricName, metrics } from "#shared/contracts/metrics.ts";
import { vehicleTypeNames } from "#shared/contracts/vehicle-types.ts";
import type { Waits } from "#shared/contracts/waits.ts";
import type { prices } from "./read-prices.ts";

/** A template's resources by logical id, as far as a price hangs on them. */
// biome-ignore lint/suspicious/noExplicitAny: a template's properties have no type.
export type Template = Record<string, { Type: string; Properties: any }>;

export type CostLine = { what: string; amount: string; price: string; usd: number };

export type Stage = { resources: Template; waits: Waits; memoryMb: number };

type Prices = typeof prices;

/** A month of 30 days. */
const minutes = 30 * 24 * 60;
const hours = 30 * 24;
const million = 1_000_000;

/**
 * What nothing in the source says: how long an idle invocation of `poll` is billed, in ms, how much it logs, in bytes with
 * Lambda's own lines, and how long one vehicle type's values take. Rounded up from a sandbox's lines.
 */
const assumed = { tickMs: 150, canaryMs: 50, loggedBytes: 1_500, valuesMs: 5_000, tokens: 1 } as const;

/** What Lambda receives of a queue in which nothing is: 5 pollers that wait 20 seconds each. */
const receivesPerMinute = 15;

/**
 * What a stage costs in a month in which no event comes: line by line, in USD. How many there are of each thing is counted in
 * the template, how often each thing happens follows from the schedule and the waits.
 */
export function idleCosts({ resources, waits, memoryMb }: Stage, unit: Prices): CostLine[] {
  const count = (type: string) => ofType(resources, type).length;
  const queues = count("AWS::Lambda::EventSourceMapping");
  const ticks = ofType(resources, "AWS::Events::Rule").filter(isEachMinute).length * minutes;
  const refreshes = (vehicleTypeNames.length * hours * 3_600_000) / waits.valuesMs;
  const seconds = (ticks * (assumed.tickMs + assumed.canaryMs) + refreshes * assumed.valuesMs) / 1_000;
  const times = (amount: number, things: string, price: number, per: [number, string]): Omit<CostLine, "what"> => ({
    amount: `${format(amount)} ${things}`,
    price: `${price} per ${per[1]}`,
    usd: (amount / per[0]) * price,
  });
  const perMillion = [million, "million"] as [number, string];
  const each = [1, "month"] as [number, string];
  const measured = alarmMetrics(resources);
  return [
    { what: "Alarms, by the metrics each looks at", ...times(measured, "metrics", unit.cloudwatchAlarmPerMonth, each) },
    {
      what: "Dashboard",
      ...times(count("AWS::CloudWatch::Dashboard"), "page", unit.cloudwatchDashboardPerMonth, each),
    },
    {
      what: "Metrics that each tick counts",
      ...times(tickMetrics().length, "metrics", unit.cloudwatchMetricPerMonth, each),
    },
    { what: "Secrets", ...times(count("AWS::SecretsManager::Secret"), "secrets", unit.secretPerMonth, each) },
    {
      what: "Secrets read, each five minutes",
      ...times(minutes / 5, "calls", unit.secretCallsPer10k, [10_000, "10,000"]),
    },
    {
      what: "Lambda's empty receives",
      ...times(queues * receivesPerMinute * minutes, "requests", unit.sqsPerMillion, perMillion),
    },
    {
      what: "Ticks and canaries: send, receive, delete",
      ...times(ticks * 6, "requests", unit.sqsPerMillion, perMillion),
    },
    { what: "Canaries on the bus", ...times(ticks, "events", unit.eventbridgeCustomEventsPerMillion, perMillion) },
    { what: "`poll` called", ...times(ticks * 2, "calls", unit.lambdaRequestsPerMillion, perMillion) },
    { what: "`poll` at work", ...times((seconds * memoryMb) / 1_024, "GB-s", unit.lambdaArmPerGbSecond, [1, "GB-s"]) },
    {
      what: "Rows read: chains, canary twice, lanes, values",
      ...times(ticks * (4 + assumed.tokens), "units", unit.dynamodbReadPerMillion, perMillion),
    },
    { what: "Rows written: canary twice", ...times(ticks * 2, "units", unit.dynamodbWritePerMillion, perMillion) },
    {
      what: "Log lines taken",
      ...times((ticks * 2 * assumed.loggedBytes) / 1e9, "GB", unit.logsIngestionPerGb, [1, "GB"]),
    },
  ];
}

export const totalOf = (lines: readonly CostLine[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);

function ofType(resources: Template, type: string) {
  return Object.values(resources).filter((resource) => resource.Type === type);
}

const isEachMinute = ({ Properties }: Template[string]) => Properties.ScheduleExpression === "rate(1 minute)";

/** An alarm on a formula is billed for each metric in it. */
function alarmMetrics(resources: Template): number {
  return ofType(resources, "AWS::CloudWatch::Alarm").reduce((sum, { Properties }) => {
    const inFormula = Properties.Metrics?.filter((metric: { MetricStat?: object }) => metric.MetricStat !== undefined);
    return sum + (inFormula?.length ?? 1);
  }, 0);
}

/** A metric is billed for the hours in which it is counted; the others only while events come. */
export function tickMetrics(): MetricName[] {
  return (Object.keys(metrics) as MetricName[]).filter((name) => metrics[name].line === "poll.standing");
}

function format(amount: number): string {
  return amount.toLocaleString("en-US", { maximumFractionDigits: amount < 10 ? 2 : 0 });
}

import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { ownMetric, type Watched } from "#cdk/watch/watched.ts";

/**
 * One alarm. `paragraph` is the heading in docs/operations.md for whoever it wakes; several alarms may share one. It rings
 * when `within` periods of the metric hold `breaches` (1 unless told) that are `atLeast` or `atMost` so much.
 * `isSilenceBad`: no measure counts as a breach. `first`: the command of `npm run bridge` that says most, where there is one.
 */
export type AlarmDefinition = {
  id: string;
  paragraph: string;
  says: string;
  first?: string;
  metric: IMetric;
  bound: { atLeast: number } | { atMost: number };
  within?: number;
  breaches?: number;
  isSilenceBad?: boolean;
};

const minuteMs = 60_000;

/** Every alarm of a stage, in the order in which an event travels. */
export function alarmDefinitions(watched: Watched): AlarmDefinition[] {
  return [...doorAlarms(watched), ...workAlarms(watched), ...marketplaceAlarms(watched), ...busAlarms(watched)];
}

function doorAlarms(watched: Watched): AlarmDefinition[] {
  const { api, functions, settings } = watched;
  const fiveMinutes = { period: Duration.minutes(5) };
  const throttles = new MathExpression({
    expression: Object.keys(functions).map(orNone).join(" + "),
    label: "Throttles",
    usingMetrics: Object.fromEntries(
      Object.entries(functions).map(([name, lambda]) => [name, lambda.metricThrottles(fiveMinutes)]),
    ),
    ...fiveMinutes,
  });
  return [
    {
      id: "DoorFailing",
      paragraph: "The door fails",
      says: "Webhooks are answered with 5xx: sources send them again, for about a day.",
      metric: api.metricServerError({ ...fiveMinutes, statistic: "Sum" }),
      bound: { atLeast: 5 },
    },
    ...settings.watchedSources.map((source) => ({
      id: `SourceSilent-${source}`,
      paragraph: "A source is silent",
      says: `Nothing valid has come from ${source} for a day.`,
      metric: ownMetric(watched, "Accepted", { statistic: "sum", minutes: 24 * 60, source }),
      bound: { atMost: 0 },
      isSilenceBad: true,
    })),
    {
      id: "Throttles",
      paragraph: "Functions are throttled",
      says: "Lambda refuses to start functions: the account's concurrency is used up.",
      metric: throttles,
      bound: { atLeast: 1 },
      within: 3,
      breaches: 3,
    },
  ];
}

function workAlarms(watched: Watched): AlarmDefinition[] {
  const { deadLetters, queues, functions } = watched;
  const period = Duration.minutes(1);
  return [
    ...Object.entries(deadLetters).map(([name, queue]) => ({
      id: `DeadLetters-${name}`,
      paragraph: "Dead letters",
      says: `A message of ${name} could not be dealt with: a person must look.`,
      first: "dead-letters",
      metric: queue.metricApproximateNumberOfMessagesVisible({ period, statistic: "Maximum" }),
      bound: { atLeast: 1 },
    })),
    ...Object.entries(queues).map(([name, queue]) => ({
      id: `OldestMessage-${name}`,
      paragraph: "An old message",
      says: `A message has waited in the queue of ${name} for 10 minutes.`,
      metric: queue.metricApproximateAgeOfOldestMessage({ period, statistic: "Maximum" }),
      bound: { atLeast: 600 },
      within: 5,
      breaches: 5,
    })),
    ...Object.entries(functions).map(([name, lambda]) => ({
      id: `FunctionErrors-${name}`,
      paragraph: "A function fails",
      says: `${name} does not start, or dies.`,
      metric: lambda.metricErrors({ period: Duration.minutes(5) }),
      bound: { atLeast: 1 },
      within: 3,
      breaches: 2,
    })),
    {
      id: "FailedAds",
      paragraph: "An ad fails again and again",
      says: "The rounds of poll cannot load an ad, fail on it, or cannot read its listing.",
      first: "stuck",
      metric: ownMetric(watched, "FailedAds", { statistic: "sum", minutes: 5 }),
      bound: { atLeast: 1 },
      within: 3,
      breaches: 2,
    },
    {
      id: "NoTicks",
      paragraph: "The clock has stopped",
      says: "No tick has been handled for 10 minutes: lost polling chains stay lost.",
      metric: ownMetric(watched, "TokensUnusable", { statistic: "count", minutes: 10 }),
      bound: { atMost: 0 },
      isSilenceBad: true,
    },
  ];
}

/** A metric that is only counted when there is something to count; a sum with nothing in it would be nothing. */
function orNone(name: string): string {
  return `FILL(${name}, 0)`;
}

function marketplaceAlarms(watched: Watched): AlarmDefinition[] {
  const { waits } = watched.settings;
  const hourly = { statistic: "sum", minutes: 60 } as const;
  const outcomes = ["errored", "published", "updated", "deleted"].map(orNone).join(" + ");
  const errorShare = new MathExpression({
    expression: `IF(${outcomes} >= 10, 100 * ${orNone("errored")} / (${outcomes}), 0)`,
    label: "Errors in percent",
    usingMetrics: {
      errored: ownMetric(watched, "Errored", hourly),
      published: ownMetric(watched, "Published", hourly),
      updated: ownMetric(watched, "Updated", hourly),
      deleted: ownMetric(watched, "Deleted", hourly),
    },
    period: Duration.minutes(60),
  });
  return [
    {
      id: "RemovalUnconfirmed",
      paragraph: "A sold car is still live",
      says: "A removal has not been confirmed for 10 minutes.",
      first: "stuck --removals",
      metric: ownMetric(watched, "OldestRemoval", { statistic: "max", minutes: 1 }),
      bound: { atLeast: 10 * minuteMs },
      // It is seen each time the ad is read, at last every 15 minutes.
      within: 20,
    },
    {
      id: "OldestOpenSubmission",
      paragraph: "A submission without an end",
      says: "A submission has been open for nearly as long as one may.",
      first: "stuck",
      metric: ownMetric(watched, "OldestOpenSubmission", { statistic: "max", minutes: 1 }),
      bound: { atLeast: (waits.overdueMs * 2) / 3 },
      // As above: between two reads it is open still.
      within: 20,
    },
    {
      id: "LaneClosed",
      paragraph: "A lane is closed",
      says: "No calls are made with a token, or with a token for a dealer.",
      first: "lanes",
      metric: ownMetric(watched, "LanesClosed", { statistic: "max", minutes: 5 }),
      bound: { atLeast: 1 },
      within: 2,
      breaches: 2,
    },
    {
      id: "TokensUnusable",
      paragraph: "No token can be read",
      says: "The secret of the tokens has no usable value: no calls are made at all.",
      first: "secrets check",
      metric: ownMetric(watched, "TokensUnusable", { statistic: "min", minutes: 5 }),
      bound: { atLeast: 1 },
    },
    {
      id: "TokenExpiring",
      paragraph: "A token expires",
      says: "A token of the Pro Import API ends within 14 days.",
      first: "tokens",
      metric: ownMetric(watched, "TokenDaysLeft", { statistic: "min", minutes: 60 }),
      bound: { atMost: 14 },
    },
    {
      id: "ErrorShare",
      paragraph: "Many ads are refused",
      says: "Of at least 10 outcomes within an hour a fifth are errors.",
      metric: errorShare,
      bound: { atLeast: 20 },
    },
    {
      id: "ReadTooOften",
      paragraph: "The marketplace throttles us",
      says: "Reads are answered with 429 again and again.",
      metric: ownMetric(watched, "Throttled", { statistic: "sum", minutes: 15 }),
      bound: { atLeast: 10 },
    },
    {
      id: "ForeignRequests",
      paragraph: "Somebody else writes",
      says: "The log of a listing of ours shows writes that are not ours.",
      metric: ownMetric(watched, "ForeignRequests", { statistic: "sum", minutes: 5 }),
      bound: { atLeast: 1 },
    },
    {
      id: "UnknownEntries",
      paragraph: "The log says something new",
      says: "The log of a listing shows an action or a state that no document of the API mentions.",
      metric: ownMetric(watched, "UnknownEntries", { statistic: "sum", minutes: 5 }),
      bound: { atLeast: 1 },
    },
  ];
}

function busAlarms(watched: Watched): AlarmDefinition[] {
  return [
    {
      id: "BusFailures",
      paragraph: "The bus takes no events",
      says: "EventBridge does not take ad events; they wait in their ads.",
      first: "stuck",
      metric: ownMetric(watched, "BusFailures", { statistic: "sum", minutes: 5 }),
      bound: { atLeast: 1 },
      within: 3,
      breaches: 2,
    },
    {
      id: "CanaryMissing",
      paragraph: "The canary is missing",
      says: "What is put on the bus does not come out of it.",
      metric: ownMetric(watched, "CanaryMissing", { statistic: "sum", minutes: 1 }),
      bound: { atLeast: 1 },
    },
  ];
}

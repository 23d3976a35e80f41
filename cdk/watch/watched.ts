import { Duration } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { FunctionName } from "#cdk/bundle.ts";
import type { StageSettings } from "#cdk/stages.ts";
import type { MetricName } from "#shared/contracts/metrics.ts";

/** What is deployed, as far as something of it is watched. */
export type Watched = {
  settings: StageSettings;
  api: HttpApi;
  functions: Record<FunctionName, IFunction>;
  queues: Record<"submit" | "poll", IQueue>;
  /** By what they hold: messages of `submit` and `poll`, ticks and canaries that could not be delivered. */
  deadLetters: Record<"submit" | "poll" | "tick" | "canary", IQueue>;
};

export type Statistic = "sum" | "max" | "min" | "count" | "p50" | "p90";

const statistics: Record<Statistic, string> = {
  sum: Stats.SUM,
  max: Stats.MAXIMUM,
  min: Stats.MINIMUM,
  count: Stats.SAMPLE_COUNT,
  p50: Stats.p(50),
  p90: Stats.p(90),
};

/** A metric that the functions emit; with a source only what was accepted of that one. */
export function ownMetric(
  { settings }: Pick<Watched, "settings">,
  name: MetricName,
  { statistic, minutes, source }: { statistic: Statistic; minutes: number; source?: string },
): Metric {
  return new Metric({
    namespace: settings.name,
    metricName: name,
    statistic: statistics[statistic],
    period: Duration.minutes(minutes),
    ...(source !== undefined && { dimensionsMap: { source } }),
  });
}

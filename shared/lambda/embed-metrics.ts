import { type Measures, type MetricName, metrics } from "#shared/contracts/metrics.ts";

/** Whether a metric is also counted per source: a dimension must have few values, and names of sources are ours. */
const perSource: readonly MetricName[] = ["Accepted"];

/**
 * Measures as CloudWatch finds them in a log line (embedded metric format): the values as fields of the line, and `_aws`,
 * which says that they are metrics. Nothing where there is nothing to measure.
 */
export function embedMetrics(namespace: string, measures: Measures): Record<string, unknown> {
  const names = Object.keys(measures) as MetricName[];
  if (names.length === 0) {
    return {};
  }
  const directive = (Dimensions: readonly string[][], chosen: readonly MetricName[]) =>
    chosen.length === 0
      ? []
      : { Namespace: namespace, Dimensions, Metrics: chosen.map((name) => ({ Name: name, Unit: metrics[name].unit })) };
  // One directive counts by several sets of dimensions: what each line says twice is paid for in each line.
  const CloudWatchMetrics = [
    directive(
      [[], ["source"]],
      names.filter((name) => perSource.includes(name)),
    ),
    directive(
      [[]],
      names.filter((name) => !perSource.includes(name)),
    ),
  ].flat();
  return { ...measures, _aws: { Timestamp: Date.now(), CloudWatchMetrics } };
}

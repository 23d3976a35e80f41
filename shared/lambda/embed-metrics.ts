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
  const directive = (chosen: readonly MetricName[], dimensions: readonly string[]) => ({
    Namespace: namespace,
    Dimensions: [dimensions],
    Metrics: chosen.map((name) => ({ Name: name, Unit: metrics[name].unit })),
  });
  const bySource = names.filter((name) => perSource.includes(name));
  const CloudWatchMetrics = [directive(names, []), ...(bySource.length > 0 ? [directive(bySource, ["source"])] : [])];
  return { ...measures, _aws: { Timestamp: Date.now(), CloudWatchMetrics } };
}

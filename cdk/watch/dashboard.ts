import { Duration } from "aws-cdk-lib";
import { Dashboard, GraphWidget, type IMetric, MathExpression, TextWidget } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { ownMetric, type Statistic, type Watched } from "#cdk/watch/watched.ts";
import type { MetricName } from "#shared/contracts/metrics.ts";

type Column = { title: string; graphs: { title: string; metrics: IMetric[] }[] };

const period = Duration.minutes(5);
/** Of the 24 that CloudWatch has. */
const columnWidth = 6;

/** One page that reads from left to right as an event travels: the door, the queues, the marketplace, the listeners. */
export class BridgeDashboard extends Construct {
  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { name } = watched.settings;
    const dashboard = new Dashboard(this, "Dashboard", { dashboardName: name, defaultInterval: Duration.hours(12) });
    const columns = [door(watched), queues(watched), marketplace(watched), listeners(watched)];
    dashboard.addWidgets(
      ...columns.map(({ title }) => new TextWidget({ markdown: `## ${title}`, width: columnWidth, height: 1 })),
    );
    for (const row of [0, 1, 2]) {
      dashboard.addWidgets(
        ...columns.flatMap(({ graphs }) =>
          graphs
            .slice(row, row + 1)
            .map(
              (graph) => new GraphWidget({ title: graph.title, left: graph.metrics, width: columnWidth, height: 6 }),
            ),
        ),
      );
    }
  }
}

const own = (watched: Watched, statistic: Statistic, ...names: MetricName[]) =>
  names.map((name) => ownMetric(watched, name, { statistic, minutes: 5 }));

function door(watched: Watched): Column {
  const { api, functions } = watched;
  return {
    title: "The door →",
    graphs: [
      { title: "Inventory events", metrics: own(watched, "sum", "Accepted", "Rejected", "Unsigned") },
      {
        title: "Requests and failures",
        metrics: [api.metricCount({ period }), api.metricClientError({ period }), api.metricServerError({ period })],
      },
      { title: "How long receive takes", metrics: [functions.receive.metricDuration({ period, statistic: "p99" })] },
    ],
  };
}

function queues(watched: Watched): Column {
  const { deadLetters, functions } = watched;
  return {
    title: "The queues →",
    graphs: [
      {
        title: "Oldest message, seconds",
        metrics: Object.values(watched.queues).map((queue) => queue.metricApproximateAgeOfOldestMessage({ period })),
      },
      {
        title: "Dead letters",
        metrics: Object.entries(deadLetters).map(([label, queue]) =>
          queue.metricApproximateNumberOfMessagesVisible({ period, label }),
        ),
      },
      {
        title: "Errors of functions",
        metrics: Object.entries(functions).map(([label, lambda]) => lambda.metricErrors({ period, label })),
      },
    ],
  };
}

function marketplace(watched: Watched): Column {
  const readsPerPublished = new MathExpression({
    expression: "IF(published > 0, reads / published)",
    label: "Reads per published ad",
    usingMetrics: {
      reads: ownMetric(watched, "Reads", { statistic: "sum", minutes: 5 }),
      published: ownMetric(watched, "Published", { statistic: "sum", minutes: 5 }),
    },
    period,
  });
  return {
    title: "The marketplace →",
    graphs: [
      { title: "Writes", metrics: own(watched, "sum", "Submitted", "Suppressed", "InDoubt", "ChargedCalls") },
      { title: "The oldest, milliseconds", metrics: own(watched, "max", "OldestOpenSubmission", "OldestRemoval") },
      {
        title: "Reads, lanes, strangers",
        metrics: [
          readsPerPublished,
          ...own(watched, "sum", "Throttled", "ForeignRequests", "UnknownEntries", "FailedAds"),
          ...own(watched, "max", "LanesClosed", "TokensUnusable"),
          ...own(watched, "min", "TokenDaysLeft"),
        ],
      },
    ],
  };
}

function listeners(watched: Watched): Column {
  return {
    title: "The listeners",
    graphs: [
      {
        title: "Ad events",
        metrics: own(watched, "sum", "Published", "Updated", "Deleted", "Errored", "Stalled"),
      },
      {
        title: "Detection lag, milliseconds",
        metrics: (["p50", "p90"] as const).map((label) =>
          ownMetric(watched, "DetectionLag", { statistic: label, minutes: 5 }).with({ label }),
        ),
      },
      { title: "The bus", metrics: own(watched, "sum", "BusFailures", "CanaryMissing") },
    ],
  };
}

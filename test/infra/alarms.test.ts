import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "#cdk/bundle.ts";
import { productionSettings } from "#cdk/stages.ts";
import { metrics } from "#shared/contracts/metrics.ts";
import { ofType, referred, synthesize } from "#test/infra/synthesize.ts";

const settings = { ...productionSettings, alarmAddress: "night@example.com", watchedSources: ["dms", "other"] };
const { bridge, warnings: told } = synthesize(settings);
const alarms = Object.values(ofType(bridge, "AWS::CloudWatch::Alarm")).map(({ Properties }) => Properties);
const named = (id: string) => alarms.find(({ AlarmName }) => AlarmName === `blocket-bridge ${id}`);
const queues = ofType(bridge, "AWS::SQS::Queue");
const operations = readFileSync(join(projectRoot, "docs/operations.md"), "utf8");

/** A paragraph for each heading of the third level among the alarms, under the address that it has in a browser. */
const [, ofAlarms = ""] = /^## Alarms$([\s\S]*?)(?=^## )/m.exec(`${operations}\n## `) ?? [];
const paragraphs = new Map(
  ofAlarms
    .split(/^### /m)
    .slice(1)
    .map((text) => [text.split("\n")[0]?.toLowerCase().replaceAll(" ", "-"), text]),
);

type Measured = { Namespace: string; MetricName: string; Dimensions?: { Name: string; Value: unknown }[] };

/** All metrics of one alarm, those in a formula included. */
const measuredBy = (alarm: (typeof alarms)[number]): Measured[] =>
  alarm.Metrics === undefined
    ? [alarm]
    : alarm.Metrics.flatMap(({ MetricStat }: { MetricStat?: { Metric: Measured } }) => MetricStat?.Metric ?? []);

/** The dashboard's widgets; what only AWS knows stands in them as its reference. */
function widgets(): { x: number; properties: { title?: string; metrics?: unknown[][] } }[] {
  const [dashboard] = Object.values(ofType(bridge, "AWS::CloudWatch::Dashboard"));
  const parts: unknown[] = dashboard?.Properties.DashboardBody["Fn::Join"][1];
  return JSON.parse(parts.map((part) => (typeof part === "string" ? part : "reference")).join("")).widgets;
}

const shown = widgets()
  .flatMap(({ properties }) => properties.metrics ?? [])
  .flatMap(([namespace, name]) => (namespace === settings.name ? [name] : []));

describe("every alarm", () => {
  it("has a name of its own", () => {
    expect(new Set(alarms.map(({ AlarmName }) => AlarmName)).size).toBe(alarms.length);
  });

  it.each(alarms.map(({ AlarmName, AlarmDescription }) => [AlarmName, AlarmDescription]))(
    "names its paragraph: %s",
    (_, description: string) => {
      const [, address] = description.match(/ See docs\/operations\.md#([a-z0-9-]+)$/) ?? [];
      const paragraph = paragraphs.get(address ?? "") ?? "";
      for (const part of ["**What it means.**", "**What to look at.**", "**What to do.**"]) {
        expect(paragraph).toContain(part);
      }
    },
  );

  const withCommand = alarms.flatMap(({ AlarmDescription: description }) => {
    const [, command, address] = description.match(/First: (npm run bridge -- .+) --stage \S+\. .*#(.+)$/) ?? [];
    return command === undefined || address === undefined ? [] : [{ command, address }];
  });

  it("that names a command for this stage names one of its paragraph", () => {
    expect(withCommand.length).toBeGreaterThanOrEqual(8);
    for (const { command, address } of withCommand) {
      expect(paragraphs.get(address)).toContain(`\`${command}\``);
    }
  });

  it("leaves no paragraph without an alarm", () => {
    const named = new Set(alarms.map(({ AlarmDescription }) => AlarmDescription.split("#")[1]));
    expect([...paragraphs.keys()].filter((address) => !named.has(address))).toEqual([]);
  });

  it("tells when it rings and when it ends, by mail", () => {
    const [[topic = ""] = []] = Object.entries(ofType(bridge, "AWS::SNS::Topic"));
    for (const { AlarmActions, OKActions } of alarms) {
      expect([...AlarmActions, ...OKActions].map(referred)).toEqual([topic, topic]);
    }
    const subscriptions = Object.values(ofType(bridge, "AWS::SNS::Subscription"));
    expect(subscriptions.map(({ Properties }) => [Properties.Protocol, Properties.Endpoint])).toEqual([
      ["email", "night@example.com"],
    ]);
  });

  it("looks at a metric that the functions emit, or at a resource of the stack", () => {
    for (const measured of alarms.flatMap(measuredBy)) {
      const { Namespace, MetricName, Dimensions = [] } = measured;
      if (Namespace === settings.name) {
        expect(Object.keys(metrics)).toContain(MetricName);
        expect(Dimensions.filter(({ Name }) => Name !== "source")).toEqual([]);
      } else {
        expect(Dimensions.length).toBeGreaterThan(0);
        for (const { Value } of Dimensions) {
          expect(Object.keys(bridge)).toContain(referred(Value as object));
        }
      }
    }
  });

  it("finds its metrics where the functions put them", () => {
    const namespaces = Object.values(ofType(bridge, "AWS::Lambda::Function")).map(
      ({ Properties }) => Properties.Environment.Variables.METRICS_NAMESPACE,
    );
    expect(new Set(namespaces)).toEqual(new Set([settings.name]));
  });
});

describe("the alarms", () => {
  it("ring for the first dead letter of any queue", () => {
    const watched = alarms
      .filter(({ AlarmName }) => AlarmName.includes("DeadLetters-"))
      .map(({ Dimensions, Threshold, EvaluationPeriods, Statistic, ComparisonOperator }) => {
        expect({ Threshold, EvaluationPeriods, Statistic, ComparisonOperator }).toEqual({
          Threshold: 1,
          EvaluationPeriods: 1,
          Statistic: "Maximum",
          ComparisonOperator: "GreaterThanOrEqualToThreshold",
        });
        return referred(Dimensions[0].Value);
      });
    const letters = Object.keys(queues).filter((id) => queues[id]?.Properties.RedrivePolicy === undefined);
    expect(watched.sort()).toEqual(letters.sort());
  });

  it("ring for each watched source that is silent for a day, also when nothing is measured at all", () => {
    for (const source of ["dms", "other"]) {
      expect(named(`SourceSilent-${source}`)).toMatchObject({
        Dimensions: [{ Name: "source", Value: source }],
        MetricName: "Accepted",
        Period: 24 * 3600,
        Threshold: 0,
        TreatMissingData: "breaching",
      });
    }
  });

  it("ring for a removal of ten minutes, and stay until after the next time that it would be read", () => {
    const alarm = named("RemovalUnconfirmed");
    expect(alarm).toMatchObject({ MetricName: "OldestRemoval", Threshold: 600_000, DatapointsToAlarm: 1 });
    expect(alarm.Period * alarm.EvaluationPeriods * 1_000).toBeGreaterThan(settings.waits.readOverdueMs);
  });

  it.each([
    ["TokenExpiring", { MetricName: "TokenDaysLeft", Threshold: 14, Statistic: "Minimum" }],
    ["LaneClosed", { MetricName: "LanesClosed", Threshold: 1 }],
    ["CanaryMissing", { MetricName: "CanaryMissing", Threshold: 1 }],
    ["BusFailures", { MetricName: "BusFailures", Threshold: 1 }],
    ["OldestMessage-submit", { MetricName: "ApproximateAgeOfOldestMessage", Threshold: 600 }],
    ["TokensUnusable", { MetricName: "TokensUnusable", Threshold: 1, TreatMissingData: "notBreaching" }],
    ["NoTicks", { MetricName: "TokensUnusable", Statistic: "SampleCount", TreatMissingData: "breaching" }],
  ])("ring as they say: %s", (id, properties) => {
    expect(named(id)).toMatchObject(properties);
  });

  it("of a stage without an address mail nobody, which is said at synthesis where the ads are real", () => {
    const { bridge: silent, warnings } = synthesize();
    expect(ofType(silent, "AWS::SNS::Subscription")).toEqual({});
    expect(warnings).toEqual([expect.stringMatching(/^alarmAddress of blocket-bridge is null in cdk\/stages\.ts: /)]);
    expect(told).toEqual([]);
    expect(synthesize({ ...productionSettings, marketplaceUrl: "http://127.0.0.1:8788" }).warnings).toEqual([]);
  });
});

describe("the dashboard", () => {
  it("shows every metric of the functions, and no other under their namespace", () => {
    expect([...new Set(shown)].sort()).toEqual(Object.keys(metrics).sort());
  });

  it("reads from left to right as an event travels", () => {
    const columns = ["Inventory events", "Oldest message, seconds", "Writes", "Ad events"];
    const places = columns.map((title) => widgets().find(({ properties }) => properties.title === title)?.x);
    expect(places).toEqual([0, 6, 12, 18]);
  });
});

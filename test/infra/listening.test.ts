import { App, Duration, Stack } from "aws-cdk-lib";
import { Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { describe, expect, it } from "vitest";
import { AdEventRelay } from "#cdk/constructs/ad-event-relay.ts";
import { AdEventSubscription } from "#cdk/constructs/ad-event-subscription.ts";
import { productionSettings } from "#cdk/stages.ts";
import { ofType, type Resources, referred, synthesize } from "#test/infra/synthesize.ts";

function resourcesWith(add: (stack: Stack) => void): Resources {
  const app = new App({ context: { "@aws-cdk/core:validateAgainstDefaultRules": false } });
  const stack = new Stack(app, "Listener", { env: { account: "999988887777", region: "eu-north-1" } });
  add(stack);
  return app.synth().getStackArtifact("Listener").template.Resources;
}

const addFunction = (stack: Stack, timeout = Duration.seconds(30)) =>
  new LambdaFunction(stack, "Shop", {
    runtime: Runtime.NODEJS_24_X,
    handler: "index.handler",
    code: Code.fromInline("exports.handler = () => {}"),
    timeout,
  });

const only = (resources: Resources, type: string) => {
  const [[id, resource] = [], ...more] = Object.entries(ofType(resources, type));
  if (id === undefined || resource === undefined || more.length > 0) {
    throw new Error(`not one ${type}`);
  }
  return { id, ...resource.Properties };
};

describe("a subscription of a function", () => {
  const resources = resourcesWith((stack) => {
    new AdEventSubscription(stack, "AdEvents", {
      busName: "blocket-bridge",
      detailTypes: ["AdPublished", "AdDeleted"],
      dealers: ["DEMO"],
      target: addFunction(stack),
      alarmTopic: new Topic(stack, "Night"),
    });
  });
  const queues = ofType(resources, "AWS::SQS::Queue");
  const [letters = ""] = Object.keys(queues).filter((id) => id.includes("DeadLetters"));
  const [queue = ""] = Object.keys(queues).filter((id) => id !== letters);

  it("hears what it asked for, by detail-type and dealer, on the bridge's bus", () => {
    expect(only(resources, "AWS::Events::Rule")).toMatchObject({
      EventBusName: "blocket-bridge",
      EventPattern: {
        "detail-type": ["AdPublished", "AdDeleted"],
        detail: { metadata: { id: [{ exists: true }], dealerCode: ["DEMO"] } },
      },
    });
  });

  it("loses nothing: what the rule cannot deliver and what the function cannot handle is in one dead-letter queue", () => {
    const [target] = only(resources, "AWS::Events::Rule").Targets;
    expect(referred(target.Arn)).toBe(queue);
    expect(referred(target.DeadLetterConfig.Arn)).toBe(letters);
    expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
    const { RedrivePolicy, VisibilityTimeout } = queues[queue]?.Properties ?? {};
    expect(RedrivePolicy.maxReceiveCount).toBe(10);
    expect(referred(RedrivePolicy.deadLetterTargetArn)).toBe(letters);
    expect(VisibilityTimeout).toBe(180);
    const source = only(resources, "AWS::Lambda::EventSourceMapping");
    expect(source.FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
    expect(referred(source.EventSourceArn)).toBe(queue);
  });

  it("rings at the first dead letter, and when none is left", () => {
    const alarm = only(resources, "AWS::CloudWatch::Alarm");
    expect(alarm).toMatchObject({ Threshold: 1, MetricName: "ApproximateNumberOfMessagesVisible" });
    expect(alarm.Dimensions[0].Value["Fn::GetAtt"][0]).toBe(letters);
    const { id } = only(resources, "AWS::SNS::Topic");
    expect([alarm.AlarmActions, alarm.OKActions]).toEqual([[{ Ref: id }], [{ Ref: id }]]);
  });

  it("keeps its queues encrypted, for 14 days, and lets EventBridge in by this rule only", () => {
    for (const { Properties } of Object.values(queues)) {
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    }
    const policies = Object.values(ofType(resources, "AWS::SQS::QueuePolicy"));
    const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const allowed = statements.filter(({ Effect }) => Effect === "Allow");
    expect(statements.filter(({ Effect }) => Effect === "Deny")).toHaveLength(2);
    expect(allowed).toHaveLength(2);
    for (const { Condition } of allowed) {
      expect(referred(Object.values<{ "aws:SourceArn": object }>(Condition)[0]?.["aws:SourceArn"] ?? {})).toMatch(
        /Rule/,
      );
    }
  });
});

describe("a subscription of a queue", () => {
  it("feeds it directly, with all ad events, those to come included, and no canary", () => {
    const resources = resourcesWith((stack) => {
      const target = new Queue(stack, "Mine");
      new AdEventSubscription(stack, "AdEvents", { busName: "blocket-bridge", target });
    });
    const { EventPattern, Targets } = only(resources, "AWS::Events::Rule");
    expect(EventPattern).toEqual({ detail: { metadata: { id: [{ exists: true }] } } });
    expect(referred(Targets[0].Arn)).toMatch(/^Mine/);
    expect(Object.keys(ofType(resources, "AWS::SQS::Queue"))).toHaveLength(2);
    expect(ofType(resources, "AWS::Lambda::EventSourceMapping")).toEqual({});
  });
});

const ourAccount = "111122223333";
const theirs = "999988887777";

describe("a listener in another account", () => {
  const busArn = `arn:aws:events:eu-north-1:${ourAccount}:event-bus/blocket-bridge`;

  it("relays ad events from the bridge's bus to its own, by a rule that the bus's policy allows", () => {
    const resources = resourcesWith((stack) => {
      new AdEventRelay(stack, "Relay", { busArn, eventSource: "blocket-bridge", dealers: ["DEMO"] });
    });
    const rule = only(resources, "AWS::Events::Rule");
    const bus = only(resources, "AWS::Events::EventBus");
    expect(rule).toMatchObject({
      EventBusName: busArn,
      EventPattern: {
        source: ["blocket-bridge"],
        detail: { metadata: { id: [{ exists: true }], dealerCode: ["DEMO"] } },
      },
    });
    expect(referred(rule.Targets[0].Arn)).toBe(bus.id);
    const role = only(resources, "AWS::IAM::Role");
    expect(referred(rule.Targets[0].RoleArn)).toBe(role.id);
    const [{ Action, Resource }] = role.Policies[0].PolicyDocument.Statement;
    expect([Action, referred(Resource)]).toEqual(["events:PutEvents", bus.id]);
  });

  it("may keep rules of its own on the bus where its account is set, which match ad events only", () => {
    const { kept } = synthesize({ ...productionSettings, listenerAccounts: [theirs] });
    const { EventBusName, Statement } = only(kept, "AWS::Events::EventBusPolicy");
    expect(referred(EventBusName)).toBe(only(kept, "AWS::Events::EventBus").id);
    expect(JSON.stringify(Statement.Principal)).toContain(`:iam::${theirs}:root`);
    expect(JSON.stringify(Statement.Resource)).toMatch(/:rule\/.*\/\*/);
    expect(Statement.Action).toEqual(
      expect.arrayContaining(["events:PutRule", "events:PutTargets", "events:DeleteRule"]),
    );
    expect(Statement.Action).not.toContain("events:PutEvents");
    expect(Statement.Condition).toEqual({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as IAM reads it.
      StringEqualsIfExists: { "events:creatorAccount": "${aws:PrincipalAccount}", "events:source": "blocket-bridge" },
    });
  });
});

describe("the archive", () => {
  it("keeps ad events for as long as is set, no canaries, and outlives the stack", () => {
    const { kept } = synthesize({ ...productionSettings, archiveDays: 30 });
    const [archive] = Object.values(ofType(kept, "AWS::Events::Archive"));
    expect(archive).toMatchObject({
      DeletionPolicy: "Retain",
      Properties: { RetentionDays: 30, EventPattern: { detail: { metadata: { id: [{ exists: true }] } } } },
    });
  });

  it("is not there, nor is any other account let in, unless that is set", () => {
    const { kept } = synthesize();
    expect(ofType(kept, "AWS::Events::Archive")).toEqual({});
    expect(ofType(kept, "AWS::Events::EventBusPolicy")).toEqual({});
  });
});

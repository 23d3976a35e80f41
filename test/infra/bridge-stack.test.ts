import { describe, expect, it } from "vitest";
import { productionSettings } from "#cdk/stages.ts";
import { functionEnvironments } from "#shared/contracts/environment.ts";
import { pollMessageSchema } from "#shared/contracts/queue-message.ts";
import { routes } from "#shared/contracts/routes.ts";
import { waitsSchema } from "#shared/contracts/waits.ts";
import { ofType, type Resource, referred, synthesize } from "#test/infra/synthesize.ts";

const { bridge } = synthesize();
const functions = ofType(bridge, "AWS::Lambda::Function");
const queues = ofType(bridge, "AWS::SQS::Queue");
const sources = Object.values(ofType(bridge, "AWS::Lambda::EventSourceMapping"));
const rules = Object.values(ofType(bridge, "AWS::Events::Rule"));
const schedules = rules.filter(({ Properties }) => Properties.ScheduleExpression !== undefined);

const functionNames = ["receive", "submit", "poll", "status"] as const;

function functionNamed(name: string): Resource {
  const found = Object.values(functions).find(({ Properties }) => Properties.Description.endsWith(`: ${name}`));
  if (found === undefined) {
    throw new Error(`no function ${name}`);
  }
  return found;
}

function deadLetterQueueIds(): Set<string> {
  const redriven = Object.values(queues).flatMap(({ Properties }) => Properties.RedrivePolicy ?? []);
  const targets = rules.flatMap(({ Properties }) => Properties.Targets);
  return new Set([
    ...redriven.map((policy) => referred(policy.deadLetterTargetArn)),
    ...targets.map((target) => referred(target.DeadLetterConfig.Arn)),
  ]);
}

describe("the functions", () => {
  it("are receive, submit, poll and status", () => {
    expect(Object.keys(functions)).toHaveLength(functionNames.length);
  });

  it.each(functionNames)("run %s on Node 24, arm64, from a zip", (name) => {
    expect(functionNamed(name).Properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      MemorySize: 512,
      Timeout: { receive: 10, submit: 120, poll: 60, status: 10 }[name],
      Code: { S3Key: expect.stringMatching(/\.zip$/) },
    });
  });

  it.each(functionNames)("give %s exactly the variables it reads", (name) => {
    const { Variables } = functionNamed(name).Properties.Environment;
    expect(Object.keys(Variables).sort()).toEqual([...functionEnvironments[name], "NODE_OPTIONS"].sort());
    expect(Object.values(Variables)).not.toContain("");
  });

  it.each(functionNames)("leave %s nine tenths of its memory for what stays, as Lambda itself does", (name) => {
    const { MemorySize, Environment } = functionNamed(name).Properties;
    const [, oldSpaceMb] = Environment.Variables.NODE_OPTIONS.match(/--max-old-space-size=(\d+)$/) ?? [];
    expect(Number(oldSpaceMb) / MemorySize).toBeCloseTo(0.9, 2);
  });

  it("run with the waits of production", () => {
    const { WAITS, MAX_READS_PER_SECOND } = functionNamed("poll").Properties.Environment.Variables;
    expect(waitsSchema.parse(JSON.parse(WAITS))).toEqual(waitsSchema.parse({}));
    expect(Number(MAX_READS_PER_SECOND)).toBeGreaterThan(0);
  });

  it("each have a log of their own that doesn't grow for ever", () => {
    const logs = Object.values(functions).map(({ Properties }) => referred(Properties.LoggingConfig.LogGroup));
    expect(new Set(logs).size).toBe(functionNames.length);
    for (const log of logs) {
      expect(bridge[log]).toMatchObject({ Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: 30 } });
    }
  });
});

describe("the queues", () => {
  it("each have a dead-letter queue or are one", () => {
    const deadLetters = deadLetterQueueIds();
    expect(deadLetters.size).toBe(4);
    for (const [id, { Properties }] of Object.entries(queues)) {
      expect(deadLetters.has(id), id).toBe(Properties.RedrivePolicy === undefined);
    }
  });

  it("outlive their stack where they hold what a source was told is durable, and only there", () => {
    const { SUBMIT_QUEUE_URL, SUBMIT_DEAD_LETTER_QUEUE_URL } = functionNamed("submit").Properties.Environment.Variables;
    const kept = Object.keys(queues).filter((id) => queues[id]?.DeletionPolicy === "Retain");
    expect(kept.sort()).toEqual([SUBMIT_QUEUE_URL, SUBMIT_DEAD_LETTER_QUEUE_URL].map(referred).sort());
    for (const id of kept) {
      expect(queues[id]?.UpdateReplacePolicy).toBe("Retain");
    }
  });

  it("keep dead letters for as long as SQS can", () => {
    for (const id of deadLetterQueueIds()) {
      expect(queues[id]?.Properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
    }
  });

  it("are encrypted, and refuse whoever calls without TLS", () => {
    const policies = Object.values(ofType(bridge, "AWS::SQS::QueuePolicy"));
    for (const [id, { Properties }] of Object.entries(queues)) {
      expect(Properties.SqsManagedSseEnabled).toBe(true);
      const own = policies.filter((policy) => policy.Properties.Queues.some((queue: object) => referred(queue) === id));
      expect(own.flatMap((policy) => policy.Properties.PolicyDocument.Statement)).toContainEqual(
        expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
      );
    }
  });

  it("feed submit and poll, which report the messages of a batch that failed", () => {
    expect(sources.map(({ Properties }) => referred(Properties.FunctionName)).sort()).toEqual(
      Object.keys(functions)
        .filter((id) => /^(Submit|Poll)/.test(id))
        .sort(),
    );
    for (const { Properties } of sources) {
      expect(Properties.FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
      expect(Properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
    }
  });

  it("hide a message for at least six times as long as its function may take", () => {
    for (const { Properties } of sources) {
      const queue = queues[referred(Properties.EventSourceArn)];
      const consumer = functions[referred(Properties.FunctionName)];
      expect(queue?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * consumer?.Properties.Timeout);
    }
  });

  it("make a dead letter of a message that always fails before it expires", () => {
    for (const { Properties } of Object.values(queues).filter((queue) => queue.Properties.RedrivePolicy)) {
      const { maxReceiveCount } = Properties.RedrivePolicy;
      expect(maxReceiveCount).toBeGreaterThanOrEqual(10);
      expect(maxReceiveCount * Properties.VisibilityTimeout).toBeLessThan(Properties.MessageRetentionPeriod);
    }
  });

  it("hand submit no more messages at once than it has time to call for", () => {
    const { batchSize } = productionSettings.submit;
    expect(batchSize * waitsSchema.parse({}).callMs).toBeLessThan(functionNamed("submit").Properties.Timeout * 1000);
  });
});

describe("the schedule", () => {
  it("puts a tick that poll can read into the poll queue every minute", () => {
    expect(schedules).toHaveLength(1);
    const [{ ScheduleExpression, State, Targets }] = schedules.map(({ Properties }) => Properties);
    expect({ ScheduleExpression, State }).toEqual({ ScheduleExpression: "rate(1 minute)", State: "ENABLED" });
    expect(Targets).toHaveLength(1);
    expect(pollMessageSchema.parse(JSON.parse(Targets[0].Input))).toEqual({ version: 1, kind: "tick" });
    const { POLL_QUEUE_URL } = functionNamed("poll").Properties.Environment.Variables;
    expect(referred(Targets[0].Arn)).toBe(referred(POLL_QUEUE_URL));
  });

  it("may write to the poll queue, and to dead letters that are no other queue's", () => {
    const [target] = schedules[0]?.Properties.Targets ?? [];
    const rule = Object.keys(bridge).find((id) => bridge[id] === schedules[0]);
    const allowed = Object.values(ofType(bridge, "AWS::SQS::QueuePolicy"))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Effect, Condition }) => Effect === "Allow" && referred(Condition.ArnEquals["aws:SourceArn"]) === rule);
    expect(allowed.map(({ Resource }) => referred(Resource)).sort()).toEqual(
      [referred(target.Arn), referred(target.DeadLetterConfig.Arn)].sort(),
    );
    for (const { Principal, Condition } of allowed) {
      expect(Principal).toEqual({ Service: "events.amazonaws.com" });
      expect(Condition.ArnEquals["aws:SourceArn"]).toBeDefined();
    }
    const redriven = Object.values(queues).flatMap(({ Properties }) => Properties.RedrivePolicy ?? []);
    expect(redriven.map((policy) => referred(policy.deadLetterTargetArn))).not.toContain(
      referred(target.DeadLetterConfig.Arn),
    );
  });
});

describe("the API", () => {
  it("has the routes of the contract, each of which leads to its function", () => {
    const integrations = ofType(bridge, "AWS::ApiGatewayV2::Integration");
    const led = Object.values(ofType(bridge, "AWS::ApiGatewayV2::Route")).map(({ Properties }) => {
      const [, id = ""] = JSON.stringify(Properties.Target).match(/"Ref":"(\w+)"/) ?? [];
      const { PayloadFormatVersion, IntegrationUri } = integrations[id]?.Properties ?? {};
      expect(PayloadFormatVersion).toBe("2.0");
      const leadsTo = functions[referred(IntegrationUri)]?.Properties.Description.split(": ")[1];
      return `${Properties.RouteKey} ${leadsTo}`;
    });
    expect(led.sort()).toEqual(
      routes.map(({ method, path, functionName }) => `${method} ${path} ${functionName}`).sort(),
    );
  });

  it("holds back floods", () => {
    const [stage] = Object.values(ofType(bridge, "AWS::ApiGatewayV2::Stage"));
    expect(stage?.Properties.DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: expect.any(Number),
      ThrottlingBurstLimit: expect.any(Number),
    });
  });
});

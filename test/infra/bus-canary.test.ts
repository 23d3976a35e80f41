import { describe, expect, it } from "vitest";
import { keptNames } from "#cdk/kept-names.ts";
import { productionSettings } from "#cdk/stages.ts";
import { eventBridgeCanary } from "#shared/aws/event-bridge-canary.ts";
import { adEventDataSchemas } from "#shared/contracts/ad-event.ts";
import { pollMessageSchema } from "#shared/contracts/queue-message.ts";
import { ofType, referred, synthesize } from "#test/infra/synthesize.ts";

const { kept, bridge } = synthesize();
const poll = Object.values(ofType(bridge, "AWS::Lambda::Function")).find(
  ({ Properties }) => Properties.Description === "Blocket bridge: poll",
);
const variables = poll?.Properties.Environment.Variables;
const [[ruleId, rule] = ["", undefined], ...otherRules] = Object.entries(ofType(bridge, "AWS::Events::Rule")).filter(
  ([, { Properties }]) => Properties.EventPattern !== undefined,
);
const [target, ...otherTargets] = rule?.Properties.Targets ?? [];
const allowed = Object.values(ofType(bridge, "AWS::SQS::QueuePolicy"))
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
  .filter(({ Effect }) => Effect === "Allow");

/** The entry that `poll` puts on the bus, as this deployment sets it up. */
async function sentCanary() {
  const entries: { Source: string; DetailType: string; Detail: string; EventBusName: string }[] = [];
  const client = {
    send: async ({ input }: { input: { Entries: typeof entries } }) => {
      entries.push(...input.Entries);
      return { FailedEntryCount: 0, Entries: [{ EventId: "1" }] };
    },
  };
  const { EVENT_BUS_NAME: busName, EVENT_SOURCE: source } = variables;
  await eventBridgeCanary({ client: client as never, busName, source }).put({ sentAt: 1_700_000_000_123 });
  return entries[0];
}

/** What EventBridge makes of an event: each path's value, as JSON, where the template names it. */
function transform({ InputPathsMap, InputTemplate }: { InputPathsMap: object; InputTemplate: string }, event: object) {
  return Object.entries(InputPathsMap).reduce((text, [name, path]) => {
    const value = String(path)
      .split(".")
      .slice(1)
      .reduce<unknown>((inner, field) => (inner as Record<string, unknown>)[field], event);
    return text.replaceAll(`<${name}>`, JSON.stringify(value));
  }, InputTemplate);
}

describe("the canaries' rule", () => {
  it("is the only one on a bus: the kept one, by name", () => {
    expect([otherRules, otherTargets]).toEqual([[], []]);
    expect(rule?.Properties).toMatchObject({
      State: "ENABLED",
      EventBusName: keptNames(productionSettings).eventBus,
    });
    expect(variables.EVENT_BUS_NAME).toBe(rule?.Properties.EventBusName);
    expect(Object.values(ofType(kept, "AWS::Events::EventBus"))[0]?.Properties.Name).toBe(variables.EVENT_BUS_NAME);
  });

  it("matches exactly what poll sends, and no ad event", async () => {
    const entry = await sentCanary();
    expect(entry?.EventBusName).toBe(rule?.Properties.EventBusName);
    expect(rule?.Properties.EventPattern).toEqual({ source: [entry?.Source], "detail-type": [entry?.DetailType] });
    expect(Object.keys(adEventDataSchemas)).not.toContain(entry?.DetailType);
  });

  it("makes of it a message that poll can read", async () => {
    const detail = JSON.parse((await sentCanary())?.Detail ?? "");
    const message = transform(target.InputTransformer, { detail });
    expect(pollMessageSchema.parse(JSON.parse(message))).toEqual({
      version: 1,
      kind: "canary",
      sentAt: 1_700_000_000_123,
    });
  });

  it("leads to the poll queue, and gives up into dead letters of its own", () => {
    expect(referred(target.Arn)).toBe(referred(variables.POLL_QUEUE_URL));
    expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 5 });
    const rules = Object.values(ofType(bridge, "AWS::Events::Rule"));
    const deadLetters = rules.flatMap(({ Properties }) => Properties.Targets).map((one) => one.DeadLetterConfig.Arn);
    expect(deadLetters.filter((arn) => referred(arn) === referred(target.DeadLetterConfig.Arn))).toHaveLength(1);
    const queue = bridge[referred(target.DeadLetterConfig.Arn)];
    expect(queue?.Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600, SqsManagedSseEnabled: true });
    expect(queue?.Properties.RedrivePolicy).toBeUndefined();
  });

  it("alone may send into its dead letters, and nobody but EventBridge's rules into the poll queue", () => {
    const rules = Object.keys(ofType(bridge, "AWS::Events::Rule"));
    const into = (queue: object) => allowed.filter(({ Resource }) => referred(Resource) === referred(queue));
    const sourceOf = ({ Condition }: { Condition: { ArnEquals: Record<string, object> } }) =>
      referred(Condition.ArnEquals["aws:SourceArn"] ?? {});
    expect(into(target.DeadLetterConfig.Arn).map(sourceOf)).toEqual([ruleId]);
    expect(into(target.Arn).map(sourceOf).sort()).toEqual(rules.sort());
    for (const statement of [...into(target.Arn), ...into(target.DeadLetterConfig.Arn)]) {
      expect([statement.Action].flat()).toContain("sqs:SendMessage");
      expect(statement.Principal).toEqual({ Service: "events.amazonaws.com" });
    }
  });
});

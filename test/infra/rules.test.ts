import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addStage } from "#cdk/add-stage.ts";
import { productionSettings, readStage, stages } from "#cdk/stages.ts";
import { createApp, ofType, resourcesOf, synthesize } from "#test/infra/synthesize.ts";

type Statement = { Effect: string; Action: string | string[]; Resource: unknown };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "blocket-bridge-rules-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const { kept, bridge } = synthesize();
const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** Every statement of every policy in a template, wherever it stands. */
function statementsIn(value: unknown): Statement[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const own = "Effect" in value && "Action" in value ? [value as Statement] : [];
  return [...own, ...Object.values(value).flatMap(statementsIn)];
}

const statements = statementsIn([kept, bridge]);

describe("the templates", () => {
  const open = { ...productionSettings, listenerAccounts: ["999988887777"], archiveDays: 30 };
  const known = { ...stages, "one with listeners elsewhere": open };
  it.each(Object.keys(known))(
    "of %s break no rule of AWS Solutions or of the library that is not acknowledged",
    (name) => {
      const app = createApp(join(folder, name), { libraryRules: true });
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
      const { kept, bridge } = addStage(app, readStage(name, known));
      expect(Object.keys(resourcesOf(bridge))).not.toHaveLength(0);
      expect(Object.keys(resourcesOf(kept))).not.toHaveLength(0);
    },
  );

  it("allow nothing by a star, neither an action nor a resource", () => {
    const allowed = statements.filter(({ Effect }) => Effect === "Allow");
    expect(allowed.length).toBeGreaterThan(10);
    for (const { Action, Resource = "the role itself" } of allowed) {
      expect(list(Action).filter((action) => action.includes("*"))).toEqual([]);
      expect(JSON.stringify(Resource)).not.toContain("*");
    }
  });

  it("name a resource in every statement of a policy, never all", () => {
    expect(statements.map(({ Resource }) => Resource).filter((on) => list(on).includes("*"))).toEqual([]);
  });

  it("refuse whoever calls a queue or a topic without TLS", () => {
    const guarded = statements
      .filter(({ Effect }) => Effect === "Deny")
      .map(({ Resource }) => JSON.stringify(Resource));
    for (const id of [
      ...Object.keys(ofType(bridge, "AWS::SQS::Queue")),
      ...Object.keys(ofType(bridge, "AWS::SNS::Topic")),
    ]) {
      expect(
        guarded.some((on) => on.includes(`"${id}"`)),
        id,
      ).toBe(true);
    }
  });

  it("give every edge that nobody waits at a queue for what could not be delivered", () => {
    for (const { Properties } of Object.values(ofType(bridge, "AWS::Events::Rule"))) {
      for (const { DeadLetterConfig } of Properties.Targets) {
        expect(DeadLetterConfig?.Arn).toBeDefined();
      }
    }
    const fed = Object.values(ofType(bridge, "AWS::Lambda::EventSourceMapping")).map(({ Properties }) =>
      JSON.stringify(Properties.EventSourceArn),
    );
    const queues = Object.entries(ofType(bridge, "AWS::SQS::Queue"));
    for (const [, { Properties }] of queues.filter(([id]) => fed.some((arn) => arn.includes(`"${id}"`)))) {
      expect(Properties.RedrivePolicy?.deadLetterTargetArn).toBeDefined();
    }
  });

  it("have no function that is called without somebody who waits: only the API may call one", () => {
    const permissions = Object.values(ofType(bridge, "AWS::Lambda::Permission"));
    expect(permissions.length).toBeGreaterThan(0);
    expect(new Set(permissions.map(({ Properties }) => Properties.Principal))).toEqual(
      new Set(["apigateway.amazonaws.com"]),
    );
  });

  it("log who came to the door without what is personal: no path, address, agent or header", () => {
    const [stage] = Object.values(ofType(bridge, "AWS::ApiGatewayV2::Stage"));
    const { DestinationArn, Format } = stage?.Properties.AccessLogSettings ?? {};
    const logs = Object.keys(ofType(bridge, "AWS::Logs::LogGroup"));
    expect(logs.some((id) => JSON.stringify(DestinationArn).includes(`"${id}"`))).toBe(true);
    expect(Object.keys(JSON.parse(Format)).sort()).toEqual(
      "integrationStatus requestId requestTime responseLatency responseLength routeKey status".split(" "),
    );
    expect(Format).not.toMatch(/path|identity|domain|header|authorizer|\$context\.error\./i);
  });
});

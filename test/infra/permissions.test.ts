import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "#cdk/bundle.ts";
import { ofType, referred, synthesize } from "#test/infra/synthesize.ts";

type Statement = { Effect: string; Action: string | string[]; Resource: unknown; Condition?: unknown };

const { bridge } = synthesize();
const functions = Object.values(ofType(bridge, "AWS::Lambda::Function"));
const roles = ofType(bridge, "AWS::IAM::Role");

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

function statementsOf(role: string): Statement[] {
  return roles[role]?.Properties.Policies.flatMap(
    (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement,
  );
}

/** The strings of an ARN put together, so that `*` or a name can be looked for wherever it stands. */
const written = (value: unknown) => JSON.stringify(value);

/** One action on one resource, both as they stand in a role. */
function grantsOf(role: string): { action: string; on: string }[] {
  return statementsOf(role).flatMap(({ Action, Resource }) =>
    list(Action).flatMap((action) => list(Resource).map((on) => ({ action, on: written(on) }))),
  );
}

const namesOfFunctions = functions.map(({ Properties }) => Properties.Description.split(": ")[1] as string);
const roleOf = (name: string) => referred(functions[namesOfFunctions.indexOf(name)]?.Properties.Role);
const environmentOf = (name: string): Record<string, unknown> =>
  functions[namesOfFunctions.indexOf(name)]?.Properties.Environment.Variables;

/** What each variable that names something lets its function do with it, at the least. */
const needs: Record<string, string> = {
  ADS_TABLE_NAME: "dynamodb:Query",
  SUBMIT_QUEUE_URL: "sqs:SendMessage",
  SUBMIT_DEAD_LETTER_QUEUE_URL: "sqs:SendMessage",
  POLL_QUEUE_URL: "sqs:SendMessage",
  POLL_DEAD_LETTER_QUEUE_URL: "sqs:SendMessage",
  EVENT_BUS_NAME: "events:PutEvents",
  SOURCES_SECRET_ID: "secretsmanager:GetSecretValue",
  TOKENS_SECRET_ID: "secretsmanager:GetSecretValue",
};

/** The status function only looks. */
function neededBy(name: string, variable: string): string | undefined {
  return name === "status" && variable === "ADS_TABLE_NAME" ? "dynamodb:GetItem" : needs[variable];
}

/** A function puts its own messages off; to the other queues it sends. */
const ownQueues: Record<string, string> = { submit: "SUBMIT_QUEUE_URL", poll: "POLL_QUEUE_URL" };

/** How a variable's value appears in an ARN: a kept thing by its name, a queue by its logical id. */
function named(value: unknown): string {
  return typeof value === "string" ? value : `"${referred(value as object)}"`;
}

describe("the roles", () => {
  it("belong to one function each, and only Lambda may take them", () => {
    expect(new Set(functions.map(({ Properties }) => referred(Properties.Role))).size).toBe(functions.length);
    expect(Object.keys(roles)).toHaveLength(functions.length);
    for (const { Properties } of Object.values(roles)) {
      expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
        { Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } },
      ]);
    }
  });

  it("take nothing from managed policies or from policies elsewhere", () => {
    for (const { Properties } of Object.values(roles)) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
    }
    expect(ofType(bridge, "AWS::IAM::Policy")).toEqual({});
    expect(ofType(bridge, "AWS::IAM::ManagedPolicy")).toEqual({});
  });

  it("allow no action and no resource by a star", () => {
    for (const role of Object.keys(roles)) {
      expect(grantsOf(role).length).toBeGreaterThan(0);
      for (const { action, on } of grantsOf(role)) {
        expect(action).not.toContain("*");
        expect(on).not.toContain("*");
      }
    }
  });

  it.each(namesOfFunctions)("let %s use what its environment names", (name) => {
    for (const [variable, value] of Object.entries(environmentOf(name))) {
      const action = ownQueues[name] === variable ? "sqs:ChangeMessageVisibility" : neededBy(name, variable);
      if (action !== undefined) {
        const allowed = grantsOf(roleOf(name)).filter((grant) => grant.action === action);
        expect(
          allowed.some(({ on }) => on.includes(named(value))),
          variable,
        ).toBe(true);
      }
    }
  });

  it.each(namesOfFunctions)("let %s send and read nothing that its environment doesn't name", (name) => {
    const known = Object.values(environmentOf(name)).map(named);
    const guarded = new Set(Object.values(needs));
    for (const { action, on } of grantsOf(roleOf(name)).filter((grant) => guarded.has(grant.action))) {
      expect(
        known.some((value) => on.includes(value)),
        `${action} ${on}`,
      ).toBe(true);
    }
  });

  it("allow together exactly the calls that are made of AWS, by us and by Lambda for us", () => {
    const made = readdirSync(join(projectRoot, "shared/aws"))
      .flatMap(
        (file) => readFileSync(join(projectRoot, "shared/aws", file), "utf8").match(/(?<=new )\w+(?=Command\()/g) ?? [],
      )
      .map((call) => call.replace(/Batch$/, ""));
    const byLambda = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "CreateLogStream", "PutLogEvents"];
    const allowed = Object.keys(roles).flatMap((role) => grantsOf(role).map(({ action }) => action.split(":")[1]));
    expect([...new Set(allowed)].sort()).toEqual([...new Set([...made, ...byLambda])].sort());
  });

  it("let receive only queue, and of the table read what the marketplace lists", () => {
    const actions = grantsOf(roleOf("receive")).map(({ action }) => action);
    const queries = statementsOf(roleOf("receive")).filter(({ Action }) => list(Action).includes("dynamodb:Query"));
    expect(queries.map(({ Condition }) => Condition)).toEqual([
      { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["values"] } },
    ]);
    expect(actions.sort()).toEqual([
      "dynamodb:Query",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "secretsmanager:GetSecretValue",
      "sqs:SendMessage",
    ]);
  });

  it("let status only read", () => {
    const actions = grantsOf(roleOf("status")).map(({ action }) => action);
    expect([...new Set(actions)].sort()).toEqual([
      "dynamodb:GetItem",
      "dynamodb:Query",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "secretsmanager:GetSecretValue",
    ]);
  });

  it("let poll go on with its own chains", () => {
    const sends = grantsOf(roleOf("poll")).filter(({ action }) => action === "sqs:SendMessage");
    expect(sends.some(({ on }) => on.includes(named(environmentOf("poll").POLL_QUEUE_URL)))).toBe(true);
  });

  it("let poll alone ask the index what is due", () => {
    const queries = namesOfFunctions.flatMap((name) =>
      grantsOf(roleOf(name)).flatMap(({ action, on }) => (action === "dynamodb:Query" ? [{ name, on }] : [])),
    );
    const ofTheIndex = queries.filter(({ on }) => on.includes("/index/"));
    expect(ofTheIndex).toEqual([{ name: "poll", on: expect.stringContaining("/index/due") }]);
  });
});

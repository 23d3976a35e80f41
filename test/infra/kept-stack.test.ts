import { describe, expect, it } from "vitest";
import { productionSettings } from "#cdk/stages.ts";
import { ofType, synthesize } from "#test/infra/synthesize.ts";

const { kept, bridge } = synthesize();

describe("the kept stack", () => {
  it("holds the table, two secrets and the bus, and nothing else", () => {
    expect(
      Object.values(kept)
        .map(({ Type }) => Type)
        .sort(),
    ).toEqual([
      "AWS::DynamoDB::Table",
      "AWS::Events::EventBus",
      "AWS::SecretsManager::Secret",
      "AWS::SecretsManager::Secret",
    ]);
  });

  it("retains every resource when it is deleted or would be replaced", () => {
    for (const resource of Object.values(kept)) {
      expect(resource).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    }
  });

  it("protects the ads: no deletion, restorable to any point in time, encrypted with a key that AWS owns", () => {
    const { Properties } = Object.values(ofType(kept, "AWS::DynamoDB::Table"))[0] ?? {};
    expect(Properties.SSESpecification).toEqual({ SSEEnabled: false });
    expect(Properties).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
    });
  });

  it("gives the table its keys, and the sparse index of what is due, and no other to be paid with every write", () => {
    const { Properties } = Object.values(ofType(kept, "AWS::DynamoDB::Table"))[0] ?? {};
    expect(Properties.KeySchema).toEqual([
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ]);
    expect(Properties.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: "due",
        KeySchema: [
          { AttributeName: "tokenId", KeyType: "HASH" },
          { AttributeName: "dueAt", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ]);
    expect(Properties.AttributeDefinitions).toContainEqual({ AttributeName: "dueAt", AttributeType: "N" });
  });

  it("never writes a value into a secret, which a deployment could then overwrite", () => {
    for (const { Properties } of Object.values(ofType(kept, "AWS::SecretsManager::Secret"))) {
      expect(Object.keys(Properties).sort()).toEqual(["Description", "Name"]);
    }
  });
});

describe("the two stacks", () => {
  it("know each other by name only, so neither locks the other", () => {
    const both = JSON.stringify([kept, bridge]);
    expect(both).not.toMatch(/Fn::ImportValue|Fn::GetStackOutput|"Export"/);
  });

  it("leave nothing that is kept in the replaced stack", () => {
    const types = Object.values(bridge).map(({ Type }) => Type);
    expect(types).toContain("AWS::Lambda::Function");
    expect(types.filter((type) => Object.values(kept).some(({ Type }) => Type === type))).toEqual([]);
  });

  it("share no name with those of a second deployment in the same account", () => {
    const second = synthesize({ ...productionSettings, name: "second", eventSource: "second" });
    expect(JSON.stringify([kept, bridge])).toContain(productionSettings.name);
    expect(JSON.stringify([second.kept, second.bridge])).not.toContain(productionSettings.name);
  });
});

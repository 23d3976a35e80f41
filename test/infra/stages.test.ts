import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "#cdk/bundle.ts";
import { productionSettings, readStage, stages } from "#cdk/stages.ts";
import { ofType, synthesize } from "#test/infra/synthesize.ts";

const without = (name: string) =>
  Object.fromEntries(Object.entries(productionSettings).filter(([key]) => key !== name));
const { callMs: _, ...waitsButOne } = productionSettings.waits;
const key = "arn:aws:kms:eu-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const httpsDemand = "must begin with https:// unless emulated is true";
const plainDemand = "must be a plain address: host in lower case, and no slash at its end, user, query or fragment";
const timeDemand = (seconds: number) => `times waits.callMs must be less than the function's ${seconds} seconds`;

describe("the stages", () => {
  it.each(Object.keys(stages))("%s can be deployed", (name) => {
    expect(readStage(name)).toEqual(stages[name]);
  });

  it("share no name, and only the trial hides what it is sent", () => {
    const all = Object.keys(stages).map((name) => readStage(name));
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.filter(({ forceHidden }) => forceHidden).map(({ name }) => name)).toEqual(["blocket-bridge-trial"]);
  });

  it.each(Object.keys(productionSettings))("need %s", (name) => {
    expect(() => readStage("mine", { mine: without(name) })).toThrow(
      `The stage "mine" cannot be deployed: ${name} is required.`,
    );
  });

  it.each([
    [{ name: "Blocket Bridge" }, "name must be 2 to 41 of a-z, 0-9 and -, with a letter first"],
    [{ marketplaceUrl: "api.blocket.se" }, "marketplaceUrl must be a whole address (URL)"],
    [{ maxReadsPerSecond: 0 }, "maxReadsPerSecond must be at least 0.1"],
    [{ logRetentionDays: 31 }, "logRetentionDays must be a retention that CloudWatch has"],
    [{ encryptionKeyArn: "alias/ours" }, "encryptionKeyArn must be the ARN of a KMS key, or null"],
    [{ alarmAddress: "night" }, "alarmAddress must be an e-mail address"],
    [{ watchedSources: ["a b"] }, "watchedSources.0 must be the name of a source"],
    [{ listenerAccounts: ["1234"] }, "listenerAccounts.0 must be the 12 digits of an AWS account"],
    [{ archiveDays: 0 }, "archiveDays must be at least 1"],
    [{ waits: waitsButOne }, "waits.callMs is required"],
    [{ waits: { ...waitsButOne, callMs: "10s" } }, "waits.callMs must be a number"],
    [{ requests: { perSecond: 50 } }, "requests.burst is required"],
    [{ poll: { ...productionSettings.poll, maxConcurrency: 1 } }, "poll.maxConcurrency must be at least 2"],
  ])("name the setting that is wrong: %j", (change, fault) => {
    const mine = { ...productionSettings, ...change };
    expect(() => readStage("mine", { mine })).toThrow(`The stage "mine" cannot be deployed: ${fault}.`);
  });

  it.each([
    [{ name: "mine-kept" }, 'name must not end with "-kept", which is the other stack of a stage'],
    [{ marketplaceUrl: "http://api.blocket.se/pro-import-api" }, `marketplaceUrl ${httpsDemand}`],
    [{ marketplaceUrl: "https://api.blocket.se/pro-import-api/" }, `marketplaceUrl ${plainDemand}`],
    [{ marketplaceUrl: "https://API.blocket.se/pro-import-api" }, `marketplaceUrl ${plainDemand}`],
    [{ marketplaceUrl: "https://u:p@api.blocket.se/x" }, `marketplaceUrl ${plainDemand}`],
    [{ marketplaceUrl: "https://example.com/x?y" }, `marketplaceUrl ${plainDemand}`],
    [{ marketplaceUrl: "https://example.com/x#z" }, `marketplaceUrl ${plainDemand}`],
    [{ emulated: true }, "emulated must be false where marketplaceUrl is the real marketplace"],
    [{ watchedSources: ["a", "b", "a"] }, "watchedSources must name each only once"],
    [{ listenerAccounts: ["111122223333", "111122223333"] }, "listenerAccounts must name each only once"],
    [{ waits: { ...productionSettings.waits, callMs: 12_000 } }, `submit.batchSize ${timeDemand(120)}`],
    [{ poll: { ...productionSettings.poll, batchSize: 6 } }, `poll.batchSize ${timeDemand(60)}`],
    [
      { waits: { ...productionSettings.waits, retryFirstMs: 300_001 } },
      "waits.retryFirstMs must be at most waits.retryMostMs",
    ],
    [
      { waits: { ...productionSettings.waits, chainForgetMs: 120_000 } },
      "waits.chainForgetMs must be more than submit's 120 seconds",
    ],
    [
      { waits: { ...productionSettings.waits, roundMs: 40_000 } },
      "waits.roundMs and two of waits.callMs must be less than poll's 60 seconds",
    ],
    [{ waits: { ...productionSettings.waits, watchMs: 1e12 } }, "waits.watchMs must be at most 604800000"],
    [{ waits: { ...productionSettings.waits, callMs: 0.001 } }, "waits.callMs must be at least 1"],
  ])("name the setting that does not go with the others: %j", (change, fault) => {
    const mine = { ...productionSettings, ...change };
    expect(() => readStage("mine", { mine })).toThrow(new Error(`The stage "mine" cannot be deployed: ${fault}.`));
  });

  it("may speak plain HTTP only to an emulated account's marketplace", () => {
    const mine = { ...productionSettings, marketplaceUrl: "http://127.0.0.1:8788/pro-import-api", emulated: true };
    expect(readStage("mine", { mine })).toEqual(mine);
    expect(() => readStage("mine", { mine: { ...mine, emulated: false } })).toThrow(httpsDemand);
  });

  it("know no setting by a name that is only nearly right", () => {
    const mine = { ...productionSettings, waits: { ...productionSettings.waits, callMS: 1 }, forceHiden: true };
    expect(() => readStage("mine", { mine })).toThrow(/cannot be deployed: .*waits\.callMS.*forceHiden/);
  });

  it.each([
    [undefined, "Say which stage with -c stage=<name>; cdk/stages.ts has production, trial."],
    ["toString", 'There is no stage "toString"; cdk/stages.ts has production, trial.'],
  ])("are asked for by name: %j", (name, sentence) => {
    expect(() => readStage(name)).toThrow(new Error(sentence));
  });

  it("stop the program with one sentence", () => {
    const { status, stderr } = spawnSync(process.execPath, [join(projectRoot, "cdk/app.ts")], {
      env: { ...process.env, CDK_CONTEXT_JSON: '{"stage":"prod"}' },
      encoding: "utf8",
    });
    const sentence = 'There is no stage "prod"; cdk/stages.ts has production, trial.';
    expect({ status, stderr }).toEqual({ status: 1, stderr: `${sentence}\n` });
  });
});

describe("what a stage sets", () => {
  it("is in the functions", () => {
    const memoryMb = { receive: 256, submit: 512, poll: 1_024, status: 128 };
    const { bridge } = synthesize({ ...productionSettings, memoryMb, forceHidden: true, logRetentionDays: 7 });
    const functions = Object.values(ofType(bridge, "AWS::Lambda::Function")).map(({ Properties }) => Properties);
    const sizes = functions.map(({ Description, MemorySize }) => [Description.split(": ")[1], MemorySize]);
    expect(Object.fromEntries(sizes)).toEqual(memoryMb);
    const hidden = functions.map(({ Environment }) => Environment.Variables.FORCE_HIDDEN);
    expect(hidden.filter((value) => value !== undefined)).toEqual(["true"]);
    for (const { Properties } of Object.values(ofType(bridge, "AWS::Logs::LogGroup"))) {
      expect(Properties.RetentionInDays).toBe(7);
    }
  });

  it("is in what is kept", () => {
    const { kept, bridge } = synthesize({ ...productionSettings, recoveryDays: 3, encryptionKeyArn: key });
    const [table] = Object.values(ofType(kept, "AWS::DynamoDB::Table"));
    expect(table?.Properties).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 3 },
      SSESpecification: { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: key },
    });
    for (const { Properties } of Object.values(ofType(kept, "AWS::SecretsManager::Secret"))) {
      expect(Properties.KmsKeyId).toBe(key);
    }
    const allowed = Object.values(ofType(bridge, "AWS::IAM::Role")).map(({ Properties }) =>
      Properties.Policies[0].PolicyDocument.Statement.filter(
        ({ Action }: { Action: unknown }) => Action === "kms:Decrypt",
      ),
    );
    expect(allowed).toHaveLength(4);
    for (const statements of allowed) {
      expect(statements).toEqual([{ Action: "kms:Decrypt", Effect: "Allow", Resource: key }]);
    }
  });
});

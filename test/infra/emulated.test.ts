import { describe, expect, it } from "vitest";
import { isLacking, lackingResources } from "#cdk/emulated.ts";
import { productionSettings, readStage, type StageSettings, stages } from "#cdk/stages.ts";
import { type Resources, synthesize } from "#test/infra/synthesize.ts";

const fullSettings: StageSettings = {
  ...productionSettings,
  encryptionKeyArn: "arn:aws:kms:eu-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  alarmAddress: "night@example.com",
  watchedSources: ["dms"],
  listenerAccounts: ["444455556666"],
  archiveDays: 30,
};

function split(resources: Resources): { kept: Resources; lacking: Resources } {
  const entries = Object.entries(resources);
  return {
    kept: Object.fromEntries(entries.filter(([, resource]) => !isLacking(resource))),
    lacking: Object.fromEntries(entries.filter(([, resource]) => isLacking(resource))),
  };
}

describe("the setting `emulated`", () => {
  it.each([
    ["production", productionSettings],
    ["a stage with every setting", fullSettings],
  ])("leaves out of %s what the emulator lacks, and changes nothing else", (_, settings) => {
    const real = synthesize(settings);
    const emulated = synthesize({ ...settings, emulated: true });
    expect(emulated.bridge).toEqual(split(real.bridge).kept);
    expect(emulated.kept).toEqual(split(real.kept).kept);
  });

  it("leaves out two alarms, both over an expression, the bus's archive and its policy, and no other resource", () => {
    const real = synthesize(fullSettings);
    const { lacking } = split({ ...real.bridge, ...real.kept });
    const names = Object.values(lacking).map(({ Type, Properties }) => [Type, Properties.AlarmName]);
    expect(names.sort()).toEqual([
      ["AWS::CloudWatch::Alarm", "blocket-bridge ErrorShare"],
      ["AWS::CloudWatch::Alarm", "blocket-bridge Throttles"],
      ["AWS::Events::Archive", undefined],
      ["AWS::Events::EventBusPolicy", undefined],
    ]);
    expect(lackingResources.map(({ type }) => type)).toEqual([
      "AWS::CloudWatch::Alarm",
      "AWS::Events::Archive",
      "AWS::Events::EventBusPolicy",
    ]);
  });

  it("is set for no stage that can be deployed", () => {
    expect(Object.keys(stages).filter((name) => readStage(name).emulated)).toEqual([]);
  });
});

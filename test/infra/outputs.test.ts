import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { addStage } from "#cdk/add-stage.ts";
import { productionSettings } from "#cdk/stages.ts";
import { functionEnvironments } from "#shared/contracts/environment.ts";
import { createApp } from "#test/infra/synthesize.ts";

const folder = mkdtempSync(join(tmpdir(), "blocket-bridge-outputs-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the outputs of the bridge's stack", () => {
  it("tell npm run bridge every variable of the functions it works beside", () => {
    const app = createApp(folder);
    const { bridge } = addStage(app, productionSettings);
    const { Outputs } = app.synth().getStackArtifact(bridge.artifactId).template;
    const value = JSON.stringify(Outputs.Environment.Value);
    for (const name of [...functionEnvironments.submit, ...functionEnvironments.poll, ...functionEnvironments.status]) {
      expect(value).toContain(`\\"${name}\\":`);
    }
  });
});

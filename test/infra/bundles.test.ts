import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addStage } from "#cdk/add-stage.ts";
import { bundleBudgets, type FunctionName } from "#cdk/bundle.ts";
import { productionSettings } from "#cdk/stages.ts";
import { buildBundles } from "#local/bundles/build-bundles.ts";
import { environment, functionEnvironments } from "#shared/contracts/environment.ts";
import { createApp, ofType, resourcesOf } from "#test/infra/synthesize.ts";

const functionNames: FunctionName[] = ["receive", "submit", "poll", "status"];

const values: Record<string, string> = {
  ...Object.fromEntries(Object.values(environment).map((name) => [name, "http://127.0.0.1:9/a-name"])),
  [environment.waits]: "{}",
  [environment.maxReadsPerSecond]: "5",
  [environment.maxPictures]: "38",
  [environment.forceHidden]: "false",
  [environment.metricsNamespace]: "bridge",
};

let folder: string;
let bundles: Record<FunctionName, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "blocket-bridge-bundles-"));
  bundles = await buildBundles();
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What `handler` is when Lambda loads the bundle: alone in a folder, with the function's variables and no other. */
async function load(functionName: FunctionName): Promise<string> {
  const alone = join(mkdtempSync(join(folder, functionName)), "index.mjs");
  copyFileSync(bundles[functionName], alone);
  const program = "const { handler } = await import(process.argv[1]); console.log(typeof handler); process.exit();";
  const own = functionEnvironments[functionName].map((name) => [name, values[name]]);
  const aws = { AWS_REGION: "eu-north-1", AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none" };
  const env = { ...Object.fromEntries(own), ...aws, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
  const args = ["--input-type=module", "--eval", program, "--", alone];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd: folder, timeout: 20_000 });
  return stdout.trimEnd().split("\n").at(-1) ?? "";
}

function digest(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

describe("the bundles", () => {
  it.each(functionNames)("load %s under Node with nothing beside it", async (functionName) => {
    expect(await load(functionName)).toBe("function");
  });

  it.each(functionNames)("keep the budget of %s, without a tenth to spare", (functionName) => {
    const { size } = statSync(bundles[functionName]);
    expect(size).toBeLessThanOrEqual(bundleBudgets[functionName]);
    expect(size).toBeGreaterThan(0.9 * bundleBudgets[functionName]);
  });

  it("fail the synthesis when they are over their budget", async () => {
    const check = (bytes: number) => {
      writeFileSync(join(folder, "index.mjs"), "x".repeat(bytes));
      return promisify(execFile)(process.execPath, ["cdk/check-budget.ts", "receive", folder]);
    };
    await expect(check(bundleBudgets.receive)).resolves.toMatchObject({ stderr: "" });
    await expect(check(bundleBudgets.receive + 1)).rejects.toThrow("receive has");
  });

  it.each(functionNames)("do not have %s load Node's fetch, as an import of node:http would", (functionName) => {
    expect(readFileSync(bundles[functionName], "utf8")).not.toMatch(/(from|import) ?\(?"(node:)?http"/);
  });

  it.each(functionNames)("let %s look for its credentials in the environment only", (functionName) => {
    const bundle = readFileSync(bundles[functionName], "utf8");
    expect(bundle).toContain("AWS_SESSION_TOKEN");
    expect(bundle).not.toContain("AWS_WEB_IDENTITY_TOKEN_FILE");
  });

  it("are the ones that are deployed, built without Docker", () => {
    const app = createApp(join(folder, "cdk.out"), { bundling: true });
    const { bridge } = addStage(app, productionSettings);
    const functions = ofType(resourcesOf(bridge), "AWS::Lambda::Function");
    const deployed = Object.values(functions).map(({ Properties }) => {
      const asset = `asset.${Properties.Code.S3Key.replace(/\.zip$/, "")}`;
      return digest(join(folder, "cdk.out", asset, "index.mjs"));
    });
    expect(deployed.sort()).toEqual(Object.values(bundles).map(digest).sort());
  });
});

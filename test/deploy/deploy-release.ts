import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { type Assembly, cdkProgram } from "./release.ts";
import { runProgram } from "./run-program.ts";
import { listenerName, stageName } from "./stage.ts";
import { type Account, accountAddress } from "./start-account.ts";

export type Target = { account: Account; folder: string; stop: AbortSignal };

/** Where the deployed stacks say they are to be found. */
export type Deployed = { apiId: string; listenerQueueUrl: string; resources: number; seconds: number };

const outputsSchema = z.object({
  [stageName]: z.object({ Url: z.url() }),
  [listenerName]: z.object({ QueueUrl: z.url() }),
});
const templateSchema = z.object({ Resources: z.record(z.string(), z.unknown()) });

/** Makes of an account what the CDK needs of it. */
export async function bootstrap(target: Target): Promise<void> {
  await runCdk(target, ["bootstrap", accountAddress]);
}

/** Deploys every stack of a release: creates what isn't there, and updates in place what is. */
export async function deployRelease(target: Target, { folder }: Assembly): Promise<Deployed> {
  const startedAt = performance.now();
  const outputsFile = join(target.folder, "outputs.json");
  const unattended = ["--require-approval", "never", "--progress", "events", "--outputs-file", outputsFile];
  await runCdk(target, ["deploy", "--all", "--app", folder, ...unattended]);
  const outputs = outputsSchema.parse(JSON.parse(await readFile(outputsFile, "utf8")));
  const templates = await Promise.all(
    [stageName, `${stageName}-kept`, listenerName].map(async (stack) =>
      templateSchema.parse(JSON.parse(await readFile(join(folder, `${stack}.template.json`), "utf8"))),
    ),
  );
  return {
    apiId: new URL(outputs[stageName].Url).hostname.split(".")[0] ?? "",
    listenerQueueUrl: outputs[listenerName].QueueUrl,
    resources: templates.reduce((sum, { Resources }) => sum + Object.keys(Resources).length, 0),
    seconds: (performance.now() - startedAt) / 1_000,
  };
}

/** Not in the project's folder, where there is an app to be synthesized. */
function runCdk({ account, folder, stop }: Target, args: string[]): Promise<string> {
  return runProgram({ command: process.execPath, args: [cdkProgram, ...args], env: account.env, cwd: folder, stop });
}

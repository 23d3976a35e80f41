import { readStage } from "#cdk/stages.ts";
import { readPort } from "#local/sandbox/read-settings.ts";
import { defaultPorts } from "#local/sandbox/sandbox-constants.ts";
import type { Context } from "#shared/ad/context.ts";
import { readConfig } from "#shared/lambda/read-config.ts";
import { bridgeAdapters } from "#shared/wiring/bridge-adapters.ts";
import { readStageEnvironment, type Whereabouts } from "./stage-environment.ts";

/** What a user may say of the stage, one of the two; without either it is the sandbox of `PORT`. */
export type StageOptions = { stage?: string; sandbox?: string };

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A stage ready to be worked on, with the adapters that its own functions use. Rejects with one sentence. */
export async function openStage(options: StageOptions) {
  const whereabouts = findStage(options);
  const environment = await readStageEnvironment(whereabouts);
  const sdk = Object.entries(environment).filter(([name]) => name.startsWith("AWS_"));
  Object.assign(process.env, Object.fromEntries(sdk));
  const config = {
    ...readConfig(environment, "submit"),
    ...readConfig(environment, "poll"),
    ...readConfig(environment, "status"),
  };
  const name = whereabouts.kind === "stage" ? `the stage ${whereabouts.stage}` : `the sandbox at ${whereabouts.url}`;
  return { name, config, ...bridgeAdapters(config, { warn: sayTrouble }) };
}

function sayTrouble(name: string, fault: unknown): void {
  process.stderr.write(`${name}: ${fault instanceof Error ? fault.message : String(fault)}\n`);
}

/** What a decision of `shared/ad` is told, with the waits of this stage. */
export function contextOf({ ports: { circumstances, waits } }: Pick<Stage, "ports">): Context {
  return { ...circumstances, now: circumstances.now(), waits };
}

function findStage({ stage, sandbox }: StageOptions): Whereabouts {
  if (stage !== undefined && sandbox !== undefined) {
    throw new Error("--stage and --sandbox name two places: give one of them");
  }
  if (stage !== undefined) {
    return { kind: "stage", stage, stack: readStage(stage).name };
  }
  const url = sandbox ?? `http://127.0.0.1:${readPort(process.env, "PORT", defaultPorts.bridge)}`;
  if (!URL.canParse(url)) {
    throw new Error(`--sandbox must be an address such as http://127.0.0.1:8787, not "${url}"`);
  }
  return { kind: "sandbox", url: new URL(url).origin };
}

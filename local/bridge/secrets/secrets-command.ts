import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { keptNames } from "#cdk/kept-names.ts";
import { readStage } from "#cdk/stages.ts";
import { describeFault } from "#local/bridge/stage/describe-fault.ts";
import { openStage } from "#local/bridge/stage/open-stage.ts";
import { type CommandOptions, onStage, print } from "#local/bridge/stage/stage-command.ts";
import { makeSecretsManagerClient } from "#shared/aws/aws-clients.ts";
import { checkText, findUncovered, readSecrets, type SecretNames, type UsableSecret } from "./check-secrets.ts";

/** `secrets check FILE`, or of a stage: whether the functions can use a secret, before they are given it. */
export function addSecrets(program: Command): void {
  const secrets = program.command("secrets").description("the secrets: the sources, and the tokens of the marketplace");
  onStage(secrets.command("check"))
    .description("check a secret by the rules it is read with: a file before it is put there, or both of a stage")
    .argument("[file]", "JSON of one secret; without it, both secrets of the stage are read")
    .action((file: string | undefined, options: CommandOptions) =>
      file === undefined ? checkStage(options) : print(options, [checkFile(file)], format),
    );
}

function checkFile(file: string): UsableSecret {
  return checkText(file, readText(file));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`${file} cannot be read`, { cause });
  }
}

async function checkStage(options: CommandOptions): Promise<void> {
  const names = await findNames(options);
  const client = makeSecretsManagerClient();
  const read = await readSecrets(client, names).finally(() => client.destroy());
  const usable = read.filter((secret) => "holds" in secret);
  const faults = read.flatMap((secret) => ("fault" in secret ? [describeFault(secret.fault)] : []));
  if (faults.length > 0) {
    throw new Error(faults.join("\n"));
  }
  print(options, usable, format);
}

/** A stage's secrets are there before its functions are, so they are found by its settings, not by its outputs. */
async function findNames(options: CommandOptions): Promise<SecretNames> {
  if (options.stage !== undefined && options.sandbox === undefined) {
    const { sourcesSecret, tokensSecret } = keptNames(readStage(options.stage));
    return { sources: sourcesSecret, tokens: tokensSecret };
  }
  const { config } = await openStage(options);
  return { sources: config.sourcesSecret, tokens: config.tokensSecret };
}

function format(secrets: readonly UsableSecret[]): string {
  const uncovered = secrets.length > 1 ? findUncovered(secrets) : [];
  return [
    ...secrets.map(({ name, kind, holds }) => `${name}  usable as ${kind}: ${holds}`),
    ...(uncovered.length > 0 ? [`no token covers ${uncovered.join(", ")}: ads of these dealers would wait`] : []),
  ].join("\n");
}

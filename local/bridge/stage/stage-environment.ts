import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import * as z from "zod/mini";

/** Where a command is to work: a deployed stage with the name of its stack, or a sandbox by its address. */
export type Whereabouts = { kind: "stage"; stage: string; stack: string } | { kind: "sandbox"; url: string };

export type StageEnvironment = Record<string, string>;

const variablesSchema = z.record(z.string(), z.string());

/** The output of the bridge's stack that holds the variables of its functions as JSON. */
const environmentOutput = "Environment";

/**
 * The variables that the functions of a stage are told: where its table, queues, bus and secrets are. This file alone knows
 * how they are found. Rejects with one sentence.
 */
export function readStageEnvironment(whereabouts: Whereabouts): Promise<StageEnvironment> {
  return whereabouts.kind === "stage" ? readStack(whereabouts.stack) : readSandbox(whereabouts.url);
}

async function readStack(stack: string): Promise<StageEnvironment> {
  const client = new CloudFormationClient();
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const output = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === environmentOutput)?.OutputValue;
    if (output === undefined) {
      throw new Error(`the stack ${stack} has no output ${environmentOutput}: deploy this version of the bridge first`);
    }
    return variablesSchema.parse(JSON.parse(output));
  } finally {
    client.destroy();
  }
}

/** A sandbox is of this machine: keys and a profile of the user's own must not get in its way. */
async function readSandbox(url: string): Promise<StageEnvironment> {
  const environment = variablesSchema.parse(await askSandbox(`${url}/sandbox/environment`));
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
  return environment;
}

async function askSandbox(address: string): Promise<unknown> {
  const answer = await fetch(address).catch((cause: unknown) => {
    const { origin } = new URL(address);
    throw new Error(`no sandbox answers at ${origin}: start one with npm start, or name a stage with --stage`, {
      cause,
    });
  });
  if (!answer.ok) {
    throw new Error(`what answers at ${new URL(address).origin} is no sandbox of this version: ${answer.status}`);
  }
  return answer.json();
}

import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Webhook } from "standardwebhooks";
import { keptNames } from "#cdk/kept-names.ts";
import { type AdReader, adReader } from "#local/sandbox/read-ad-record.ts";
import { sandboxSecret, sandboxSource, sources, tokens } from "#local/sandbox/sandbox-constants.ts";
import type { Simulator } from "#local/simulator/server.ts";
import type { Deployed } from "#test/deploy/deploy-release.ts";
import type { Listener } from "#test/deploy/listen-at-queue.ts";
import { emulatedStage } from "#test/deploy/stage.ts";
import type { Account } from "#test/deploy/start-account.ts";

/** The bridge as it stands in the emulated account, and all that is needed to use it and to look into it. */
export type DeployedBridge = {
  account: Account;
  deployed: Deployed;
  /** Of the HTTP API, by the way that needs no name server. */
  bridgeUrl: string;
  bus: Listener;
  readAd: AdReader;
  simulator: Simulator;
  tableName: string;
  /** Ends every wait. */
  stop: AbortSignal;
};

/** Gives the deployed stage its secrets, as a person does it after the first deployment. */
export async function putSecrets(): Promise<void> {
  const { sourcesSecret, tokensSecret } = names();
  const client = new SecretsManagerClient();
  const put = (SecretId: string, value: unknown) =>
    client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) }));
  await Promise.all([put(sourcesSecret, sources), put(tokensSecret, tokens)]);
}

type Parts = Pick<DeployedBridge, "account" | "deployed" | "bus" | "simulator" | "stop">;

export function bridgeOf(parts: Parts): DeployedBridge {
  const { account, deployed } = parts;
  const tableName = names().adsTable;
  return {
    ...parts,
    tableName,
    bridgeUrl: `${account.endpoint}/_aws/execute-api/${deployed.apiId}/$default`,
    readAd: adReader({ client: new DynamoDBClient(), tableName }),
  };
}

/** What the deployed bridge tells a source of an item; the path is what the source signs. */
export async function askItem({ bridgeUrl }: DeployedBridge, dealerCode: string, itemId: string) {
  const id = randomUUID();
  const now = new Date();
  const path = `/sources/${sandboxSource}/items/${dealerCode}/${itemId}`;
  const response = await fetch(`${bridgeUrl}${path}`, {
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(sandboxSecret).sign(id, now, `GET ${path}`),
    },
  });
  return { status: response.status, body: (await response.json()) as { state?: string } };
}

const names = () => keptNames(emulatedStage("http://127.0.0.1", "first"));

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { localClient } from "#local/emulators/local-client.ts";
import { tokens } from "#local/sandbox/sandbox-constants.ts";
import { addFault, runBridge } from "#test/e2e/bridge/run-bridge.ts";
import { temporaryDirectory } from "#test/e2e/sandbox-process.ts";
import { readAd, until } from "#test/e2e/sandbox-views.ts";
import type { Desk, Night } from "./desk.ts";
import { forSale } from "./sample.ts";
import { readSandboxEnvironment } from "./sandbox-environment.ts";

/** Blocket revokes the token of one dealer, and gives another. */
export const tokenRevoked: Night = { name: "token-revoked", alarms: ["A lane is closed"], play };

const key = { dealerCode: "SOLO", itemId: "volvo-1" };

async function play(desk: Desk): Promise<void> {
  const { bridgeUrl, simulatorUrl } = desk.sandbox();
  await addFault(simulatorUrl, { match: {}, kind: "revoke-token" });
  await desk.send(forSale({ id: "volvo-1-new", ...key }));
  await until(async () => (await readAd(bridgeUrl, key))?.ad.heldUntil);
  desk.beginBlock("alarm");
  await desk.findLine({ message: "lane.changed", show: ["tokenId", "dealerCode", "outcome", "reason"] });
  await desk.findLine({ message: "poll.standing", show: ["LanesClosed"], atLeast: { LanesClosed: 1 } });
  desk.beginBlock("seen");
  assert.match(await desk.type("why SOLO/volvo-1"), /does not take the token \(401\)/);
  await desk.type("tokens", 1);
  desk.beginBlock("mended");
  await mend(desk);
  await desk.hear(key.itemId, "AdPublished");
  await until(async () => (await runBridge(bridgeUrl, ["lanes"])).stdout.startsWith("every lane"));
  desk.beginBlock("ended");
  await desk.type("lanes");
  await desk.type("tokens");
}

/** What `aws secretsmanager put-secret-value` does is done here by the same call of the SDK. */
async function mend(desk: Desk): Promise<void> {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, "tokens.json");
  const renewed = tokens.map((token) =>
    token.tokenId === "solo" ? { ...token, token: "sandbox-solo-token-2" } : token,
  );
  await writeFile(file, JSON.stringify(renewed));
  const checked = await runBridge(desk.sandbox().bridgeUrl, ["secrets", "check", file]);
  assert.equal(checked.code, 0);
  desk.note(`$ npm run bridge -- secrets check tokens.json\n${checked.stdout.replace(file, "tokens.json")}`);
  const environment = await readSandboxEnvironment(desk.sandbox().bridgeUrl);
  const client = new SecretsManagerClient(localClient(environment.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? ""));
  const SecretId = environment.TOKENS_SECRET_ID;
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(renewed) }));
  client.destroy();
  desk.note(`$ aws secretsmanager put-secret-value --secret-id ${SecretId} --secret-string file://tokens.json`);
}

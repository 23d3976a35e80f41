import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll } from "vitest";
import { localClient } from "#local/emulators/local-client.ts";
import { type AwsStub, startAwsStub } from "#local/emulators/start-aws-stub.ts";

/** Secrets Manager for the tests of one file, with a client of its own. Both are there once the first test begins. */
export function stubSecrets() {
  let stub: AwsStub;
  let client: SecretsManagerClient;
  beforeAll(async () => {
    stub = await startAwsStub();
    client = new SecretsManagerClient(localClient(stub.endpoint));
  });
  afterAll(async () => {
    client.destroy();
    await stub.close();
  });
  return {
    client: () => client,
    setSecret: (name: string, value: string) => stub.setSecret(name, value),
  };
}

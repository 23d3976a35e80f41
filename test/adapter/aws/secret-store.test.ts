import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { localClient } from "#local/emulators/local-client.ts";
import { type AwsStub, startAwsStub } from "#local/emulators/start-aws-stub.ts";
import { secretStore } from "#shared/aws/secret-store.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import { tokensSecretSchema } from "#shared/contracts/secrets.ts";
import { countCalls } from "#test/support/aws/lose-answers.ts";

const secretId = "blocket-bridge/tokens";
const tokens = (token: string) => [{ tokenId: "group", token, scope: "dealer_group", dealers: ["DEMO"] }];

let stub: AwsStub;
let client: SecretsManagerClient;
let calls: () => number;
let now: number;
beforeAll(async () => {
  stub = await startAwsStub();
});
afterAll(() => stub.close());
beforeEach(() => {
  now = 1_000_000;
  client = new SecretsManagerClient({ ...localClient(stub.endpoint), maxAttempts: 1 });
  calls = countCalls(client);
  stub.setSecret(secretId, JSON.stringify(tokens("first")));
});

const open = (id = secretId) => secretStore({ client, secretId: id, schema: tokensSecretSchema, now: () => now });

describe("secretStore", () => {
  it("reads once for all who wait, and again after five minutes", async () => {
    const store = open();
    expect(await Promise.all([store.read(), store.read()])).toEqual([tokens("first"), tokens("first")]);
    stub.setSecret(secretId, JSON.stringify(tokens("second")));
    now += 5 * 60_000 - 1;
    expect(await store.read()).toEqual(tokens("first"));
    now += 1;
    expect(await store.read()).toEqual(tokens("second"));
    expect(calls()).toBe(2);
  });

  it("reads what was put, where there is such a secret", async () => {
    const put = (SecretId: string) =>
      client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(tokens("put")) }));
    await put(secretId);
    expect(await open().read()).toEqual(tokens("put"));
    await expect(put("nobody's")).rejects.toThrow("can't find");
  });

  it("reads again when a fresh value is asked for, but not twice within five seconds", async () => {
    const store = open();
    await store.read();
    stub.setSecret(secretId, JSON.stringify(tokens("second")));
    now += 4_999;
    expect(await store.read({ fresh: true })).toEqual(tokens("first"));
    now += 1;
    expect(await store.read({ fresh: true })).toEqual(tokens("second"));
    expect(await store.read({ fresh: true })).toEqual(tokens("second"));
    expect(calls()).toBe(2);
  });

  it.each([
    ["not JSON", '{"token": hush-hush}', "/ required"],
    ["another shape", '[{"tokenId":"group","token":7,"scope":"hush-hush","dealers":[]}]', "/0/scope invalid-value"],
  ])("names the secret and the field of %s, and no value", async (_, json, field) => {
    stub.setSecret(secretId, json);
    const failure: unknown = await open()
      .read()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RetryableError);
    expect(String(failure)).toContain(secretId);
    expect(String(failure)).toContain(field);
    expect(JSON.stringify([String(failure), (failure as Error).stack, (failure as Error).cause])).not.toContain(
      "hush-hush",
    );
  });

  it("reads again a second after a fault while it has nothing, and not at every request", async () => {
    const store = open();
    stub.setSecret(secretId, "{");
    await expect(store.read()).rejects.toThrow(RetryableError);
    stub.setSecret(secretId, JSON.stringify(tokens("mended")));
    now += 999;
    await expect(store.read()).rejects.toThrow(RetryableError);
    expect(calls()).toBe(1);
    now += 1;
    expect(await store.read()).toEqual(tokens("mended"));
  });

  it("goes on with what it has while it cannot read, for an hour, and tries every five seconds", async () => {
    const failures: unknown[] = [];
    const onFailure = (fault: unknown) => void failures.push(fault);
    const store = secretStore({ client, secretId, schema: tokensSecretSchema, now: () => now, onFailure });
    await store.read();
    stub.setSecret(secretId, "{");
    now += 5 * 60_000;
    expect([await store.read(), await store.read()]).toEqual([tokens("first"), tokens("first")]);
    now += 4_999;
    expect(await store.read()).toEqual(tokens("first"));
    expect([calls(), failures.length]).toEqual([2, 1]);
    now += 1;
    expect(await store.read()).toEqual(tokens("first"));
    expect([calls(), failures.length]).toEqual([3, 2]);
    stub.setSecret(secretId, JSON.stringify(tokens("second")));
    now += 5_000;
    expect(await store.read()).toEqual(tokens("second"));
    stub.setSecret(secretId, "{");
    now += 60 * 60_000;
    await expect(store.read()).rejects.toThrow(RetryableError);
  });

  it("does not take what it has for fresh while it cannot read", async () => {
    const store = open();
    await store.read();
    stub.setSecret(secretId, "{");
    now += 5_000;
    await expect(store.read({ fresh: true })).rejects.toThrow(RetryableError);
    await expect(store.read({ fresh: true })).rejects.toThrow(RetryableError);
    expect(calls()).toBe(2);
    expect(await store.read()).toEqual(tokens("first"));
  });

  it("says in one sentence that nobody has put a value in, as in a new stage", async () => {
    const expected = new RetryableError("the secret missing has no value yet, or does not exist");
    await expect(open("missing").read()).rejects.toThrow(expected);
  });
});

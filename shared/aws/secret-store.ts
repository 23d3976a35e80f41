import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type * as z from "zod/mini";
import { RetryableError } from "#shared/contracts/errors.ts";
import { checkFields, type FieldError } from "#shared/contracts/field-error.ts";
import { askAws } from "./ask-aws.ts";

export type SecretAccess<T> = {
  client: SecretsManagerClient;
  secretId: string;
  schema: z.ZodMiniType<T>;
  now: () => number;
  /** How long a value is used before it is read again; five minutes unless told. */
  maxAgeMs?: number;
  /** The least between two reads, however often a fresh value is asked for; five seconds unless told. */
  leastGapMs?: number;
};

export type SecretStore<T> = { read(wish?: { fresh?: boolean }): Promise<T> };

/**
 * One JSON secret, kept by age. `read({ fresh: true })` is for when the value at hand proved wrong: it reads again, unless
 * that was done a moment ago. Calls that wait at the same time share one read. A fault names the secret and the
 * field, and never a value.
 */
export function secretStore<T>(access: SecretAccess<T>): SecretStore<T> {
  const { now, maxAgeMs = 5 * 60_000, leastGapMs = 5_000 } = access;
  let held: { value: T; readAt: number } | undefined;
  let reading: Promise<T> | undefined;
  const readAgain = async (): Promise<T> => {
    const readAt = now();
    const value = await readSecret(access);
    held = { value, readAt };
    return value;
  };
  return {
    async read({ fresh = false } = {}) {
      if (held !== undefined && now() - held.readAt < (fresh ? leastGapMs : maxAgeMs)) {
        return held.value;
      }
      reading ??= readAgain().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

async function readSecret<T>({ client, secretId, schema }: SecretAccess<T>): Promise<T> {
  const { SecretString } = await askAws(`read the secret ${secretId}`, () =>
    client.send(new GetSecretValueCommand({ SecretId: secretId })),
  );
  const checked = checkFields(schema, parseJson(SecretString));
  if (!checked.ok) {
    const faults = checked.errors.map((error) => `${placeOf(error)} ${error.code}`);
    throw new RetryableError(`the secret ${secretId} is not usable: ${faults.join(", ")}`);
  }
  return checked.value;
}

/** A name that may not be one is left out: a secret may have been put in its place. */
function placeOf({ pointer, code }: FieldError): string {
  return code === "invalid-key" ? pointer.replace(/[^/]*$/, "?") : pointer || "/";
}

/** undefined for what is not JSON: the parser's own error would quote the secret. */
function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

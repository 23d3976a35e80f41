import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
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
  /** Told of a read that failed while there is a value that may be used on. */
  onFailure?: (fault: unknown) => void;
};

export type SecretStore<T> = { read(wish?: { fresh?: boolean }): Promise<T> };

/** How old a value may become while it can't be read again: an hour without Secrets Manager is no hour without us. */
const keptMs = 60 * 60_000;

/** The least between two reads while there is no value at all: whoever waits for it is told to come again. */
const emptyGapMs = 1_000;

/**
 * One JSON secret, kept by age, and on for an hour while it cannot be read. `read({ fresh: true })` is for when the value at hand
 * proved wrong: it reads again, unless that was done a moment ago, and throws a RetryableError when it can't. Calls that wait at
 * the same time share one read. A fault names the secret and the field, and never a value.
 */
export function secretStore<T>(access: SecretAccess<T>): SecretStore<T> {
  const { now, maxAgeMs = 5 * 60_000, leastGapMs = 5_000, onFailure } = access;
  let held: { value: T; readAt: number } | undefined;
  let failed: { fault: unknown; at: number } | undefined;
  let reading: Promise<T> | undefined;
  const isYounger = (at: number | undefined, ageMs: number) => at !== undefined && now() - at < ageMs;
  const readNow = async (): Promise<T> => {
    const startedAt = now();
    try {
      const value = await readSecret(access);
      held = { value, readAt: startedAt };
      failed = undefined;
      return value;
    } catch (fault) {
      failed = { fault, at: startedAt };
      if (held !== undefined) {
        onFailure?.(fault);
      }
      throw fault;
    }
  };
  const readAgain = async (): Promise<T> => {
    if (failed !== undefined && isYounger(failed.at, held === undefined ? emptyGapMs : leastGapMs)) {
      throw failed.fault;
    }
    reading ??= readNow().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  return {
    async read({ fresh = false } = {}) {
      if (held !== undefined && isYounger(held.readAt, fresh ? leastGapMs : maxAgeMs)) {
        return held.value;
      }
      try {
        return await readAgain();
      } catch (fault) {
        if (!fresh && held !== undefined && isYounger(held.readAt, keptMs)) {
          return held.value;
        }
        throw fault;
      }
    },
  };
}

async function readSecret<T>({ client, secretId, schema }: SecretAccess<T>): Promise<T> {
  return parseSecret({ secretId, schema, text: await readText(client, secretId) });
}

/** The value of a secret's text. Throws one sentence that names the secret and what is wrong in it, and never a value. */
export function parseSecret<T>({
  secretId,
  schema,
  text,
}: Pick<SecretAccess<T>, "secretId" | "schema"> & { text: string | undefined }): T {
  const checked = checkFields(schema, parseJson(text));
  if (!checked.ok) {
    const faults = checked.errors.map((error) => `${placeOf(error)} ${error.code}`);
    throw new RetryableError(`the secret ${secretId} is not usable: ${faults.join(", ")}`);
  }
  return checked.value;
}

async function readText(client: SecretsManagerClient, secretId: string): Promise<string | undefined> {
  try {
    const command = new GetSecretValueCommand({ SecretId: secretId });
    return (await askAws(`read the secret ${secretId}`, () => client.send(command))).SecretString;
  } catch (error) {
    // What a new stage meets before somebody has put a value in.
    if (error instanceof RetryableError && error.cause instanceof ResourceNotFoundException) {
      throw new RetryableError(`the secret ${secretId} has no value yet, or does not exist`, { cause: error.cause });
    }
    throw error;
  }
}

/** A name that may not be one is left out: a secret may have been put in its place. */
function placeOf({ pointer, code }: FieldError): string {
  const isUnsure = code === "invalid-key" || (code === "unknown-field" && !/\/[A-Za-z]{1,20}$/.test(pointer));
  return isUnsure ? pointer.replace(/[^/]*$/, "?") : pointer || "/";
}

/** undefined for what is not JSON: the parser's own error would quote the secret. */
function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

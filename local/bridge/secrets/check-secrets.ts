import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";
import { parseSecret, secretStore } from "#shared/aws/secret-store.ts";
import { type Sources, secretSchemas, type Token } from "#shared/contracts/secrets.ts";

/** A secret that the functions can use; `name` is where it was read, `holds` says what is in it, and no value. */
export type UsableSecret = { name: string; kind: "sources" | "tokens"; holds: string; dealers: string[] };

/** The names of a stage's two secrets. */
export type SecretNames = { sources: string; tokens: string };

const schemas = secretSchemas(z.strictObject);

/**
 * Checks the text of a secret that has not been put anywhere yet, by the schema the functions read it with, and for fields
 * that it does not know. Its shape says which of the two it is: tokens are a list, sources are not. Throws one sentence.
 */
export function checkText(name: string, text: string): UsableSecret {
  return /^\s*\[/.test(text)
    ? describeTokens(name, parseSecret({ secretId: name, schema: schemas.tokens, text }))
    : describeSources(name, parseSecret({ secretId: name, schema: schemas.sources, text }));
}

/**
 * Reads both secrets as the functions do, and checks them as `checkText` does. What is missing or malformed comes back as a
 * sentence that names the secret.
 */
export async function readSecrets(
  client: SecretsManagerClient,
  names: SecretNames,
): Promise<(UsableSecret | { name: string; fault: unknown })[]> {
  const read = <T>(secretId: string, schema: z.ZodMiniType<T>) =>
    secretStore({ client, secretId, schema, now: Date.now }).read();
  return Promise.all([
    read(names.sources, schemas.sources).then(
      (sources) => describeSources(names.sources, sources),
      (fault: unknown) => ({ name: names.sources, fault }),
    ),
    read(names.tokens, schemas.tokens).then(
      (tokens) => describeTokens(names.tokens, tokens),
      (fault: unknown) => ({ name: names.tokens, fault }),
    ),
  ]);
}

/** Dealers for whom a source may speak and whom no token covers: their ads would wait. */
export function findUncovered(secrets: readonly UsableSecret[]): string[] {
  const dealersOf = (kind: UsableSecret["kind"]) =>
    secrets.filter((secret) => secret.kind === kind).flatMap(({ dealers }) => dealers);
  const covered = new Set(dealersOf("tokens"));
  return dealersOf("sources").filter((dealer) => !covered.has(dealer));
}

function describeSources(name: string, sources: Sources): UsableSecret {
  const dealers = distinct(Object.values(sources).flatMap((source) => source.dealers));
  return { name, kind: "sources", holds: `${counted(Object.keys(sources).length, "source")}, ${of(dealers)}`, dealers };
}

function describeTokens(name: string, tokens: readonly Token[]): UsableSecret {
  const dealers = distinct(tokens.flatMap((token) => token.dealers));
  return { name, kind: "tokens", holds: `${counted(tokens.length, "token")}, ${of(dealers)}`, dealers };
}

const distinct = (names: readonly string[]) => [...new Set(names)];
const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
const of = (dealers: readonly string[]) => counted(dealers.length, "dealer");

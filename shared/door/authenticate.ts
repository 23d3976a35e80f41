import type { Source, Sources } from "#shared/contracts/secrets.ts";
import type { ProblemError } from "#shared/lambda/problem-error.ts";
import { doorProblems } from "./door-problems.ts";
import { isApiKeyOf, isLoginOf } from "./verify-credentials.ts";
import { type SignedRequest, verifySignature } from "./verify-signature.ts";

/** The secret that names the sources. `fresh` goes past the cache, as often as the adapter's own limit allows. */
export interface SourcesSecret {
  read(wish?: { fresh?: boolean }): Promise<Sources>;
}

/** How a source has proved itself; everything but a signature vouches for the caller only, not for the content. */
export type Proof = "signature" | "api-key" | "basic";

export type NamedSource = Source & { name: string; provedBy: Proof };

/** `isFinal`: a newer secret could not change it. */
type TurnedAway = { kind: "turned-away"; problem: ProblemError; isFinal: boolean };
type Identified = { kind: "known"; source: NamedSource } | TurnedAway;

/** `now` is epoch ms. */
export type Claim = SignedRequest & { name: string; now: number };

/**
 * Finds the source that a request says it comes from, and has it prove that; throws a ProblemError (404, 401). Before it
 * turns one away it reads the secret anew, once: the source, or this secret of it, may be younger than our cache.
 */
export async function authenticate(sources: SourcesSecret, claim: Claim): Promise<NamedSource> {
  const cached = identify(await sources.read(), claim);
  const identified =
    cached.kind === "known" || cached.isFinal ? cached : identify(await sources.read({ fresh: true }), claim);
  if (identified.kind === "turned-away") {
    throw identified.problem;
  }
  return identified.source;
}

function identify(sources: Sources, claim: Claim): Identified {
  const source = Object.hasOwn(sources, claim.name) ? sources[claim.name] : undefined;
  if (source === undefined) {
    return turnedAway(doorProblems.unknownSource());
  }
  const proof = prove(source, claim);
  return typeof proof === "string"
    ? { kind: "known", source: { ...source, name: claim.name, provedBy: proof } }
    : proof;
}

/** A signature, once given, decides: a wrong one is not made good by a key beside it. */
function prove(source: Source, claim: Claim): Proof | TurnedAway {
  const { secrets, apiKeys = [], basicLogins = [] } = source;
  const { "webhook-signature": signature, "x-api-key": apiKey, authorization } = claim.headers;
  if (signature && secrets.length > 0) {
    return proveBySignature(source, claim);
  }
  if (apiKey && apiKeys.length > 0) {
    return isApiKeyOf(source, apiKey) ? "api-key" : turnedAway(doorProblems.invalidCredentials());
  }
  if (authorization && basicLogins.length > 0) {
    return isLoginOf(source, authorization) ? "basic" : turnedAway(doorProblems.invalidCredentials());
  }
  return { ...turnedAway(doorProblems.unsigned()), isFinal: !(signature || apiKey || authorization) };
}

function proveBySignature(source: Source, claim: Claim): Proof | TurnedAway {
  const verification = verifySignature(claim, source.secrets, claim.now);
  switch (verification) {
    case "valid":
      return "signature";
    case "unsigned":
      return { ...turnedAway(doorProblems.unsigned()), isFinal: true };
    case "stale":
      return { ...turnedAway(doorProblems.staleTimestamp()), isFinal: true };
    case "forged":
      return turnedAway(doorProblems.invalidSignature());
    default:
      throw new Error(`unknown verification ${verification satisfies never}`);
  }
}

function turnedAway(problem: ProblemError): TurnedAway {
  return { kind: "turned-away", problem, isFinal: false };
}

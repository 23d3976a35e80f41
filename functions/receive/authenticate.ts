import type { Source, Sources } from "#shared/contracts/secrets.ts";
import type { ProblemError } from "#shared/lambda/problem-error.ts";
import { problems } from "./problems.ts";
import { type SignedRequest, verifySignature } from "./verify-signature.ts";

/** The secret that names the sources. `fresh` goes past the cache, as often as the adapter's own limit allows. */
export interface SourcesSecret {
  read(wish?: { fresh?: boolean }): Promise<Sources>;
}

export type NamedSource = Source & { name: string };

/** `isFinal`: a newer secret could not change it. */
type Identified =
  | { kind: "known"; source: NamedSource }
  | { kind: "turned-away"; problem: ProblemError; isFinal: boolean };

export type Claim = SignedRequest & { name: string; now: number };

/**
 * Finds the source that a request says it comes from, and proves it by its signature; throws a ProblemError (404, 401).
 * Before it turns one away it reads the secret anew, once: the source, or this secret of it, may be younger than our cache.
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
    return { kind: "turned-away", problem: problems.unknownSource(), isFinal: false };
  }
  switch (verifySignature(claim, source.secrets, claim.now)) {
    case "valid":
      return { kind: "known", source: { ...source, name: claim.name } };
    case "unsigned":
      return { kind: "turned-away", problem: problems.unsigned(), isFinal: true };
    case "stale":
      return { kind: "turned-away", problem: problems.staleTimestamp(), isFinal: true };
    case "forged":
      return { kind: "turned-away", problem: problems.invalidSignature(), isFinal: false };
  }
}

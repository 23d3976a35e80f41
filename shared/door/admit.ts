import type { Note } from "#shared/lambda/logger.ts";
import { authenticate, type Claim, type NamedSource, type SourcesSecret } from "./authenticate.ts";
import { doorProblems } from "./door-problems.ts";
import type { RateLimit } from "./rate-limit.ts";

export type DoorDependencies = { sources: SourcesSecret; rateLimit: RateLimit; now(): number };

/**
 * Lets a source in: proved, and within its rate, which only who has proved to be the source can use up. Throws a
 * ProblemError (404, 401, 429). The log line says who came and how that was proved.
 */
export async function admit(
  { sources, rateLimit, now }: DoorDependencies,
  claim: Omit<Claim, "now">,
  note: Note,
): Promise<NamedSource> {
  const source = await authenticate(sources, { ...claim, now: now() });
  note({ source: source.name, authentication: source.provedBy });
  const retryAfterSeconds = rateLimit(source);
  if (retryAfterSeconds !== null) {
    throw doorProblems.tooManyRequests(retryAfterSeconds);
  }
  return source;
}

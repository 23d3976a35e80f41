import type { ProblemSlug } from "#shared/contracts/problems.ts";
import { ProblemError } from "#shared/lambda/problem-error.ts";

/** Every way in which a source gets no further than the door. */
export const doorProblems = {
  unknownSource: () => new ProblemError({ slug: "unknown-source", detail: "There is no source of this name." }),
  unsigned: () =>
    unauthorized(
      "unsigned",
      "The headers webhook-id, webhook-timestamp (seconds) and webhook-signature are needed, as Standard Webhooks describes them; or, only where that was agreed for the source, X-API-Key or HTTP Basic.",
    ),
  staleTimestamp: () => unauthorized("stale-timestamp", "webhook-timestamp is more than five minutes from our clock."),
  invalidSignature: () =>
    unauthorized("invalid-signature", "No v1 signature fits what was sent and a secret of this source."),
  invalidCredentials: () => unauthorized("invalid-credentials", "The key or the login is none of this source's."),
  tooManyRequests: (retryAfterSeconds: number) =>
    new ProblemError({
      slug: "too-many-requests",
      detail: `This source sends faster than was agreed. Go on in ${retryAfterSeconds} s, or send up to 100 events in one request.`,
      headers: { "retry-after": String(retryAfterSeconds) },
    }),
};

/** RFC 9110 wants a challenge with every 401; the only scheme of ours that has a registered name is Basic. */
function unauthorized(slug: ProblemSlug, detail: string): ProblemError {
  return new ProblemError({
    slug,
    detail,
    headers: { "www-authenticate": 'Basic realm="sources", charset="UTF-8"' },
  });
}

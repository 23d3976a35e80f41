/**
 * Every way in which a request as a whole is refused: the word that `type` ends with, and what is the same each time. Nothing
 * is refused by another word, and each word keeps its meaning.
 */
export const problemKinds = {
  "not-json": { status: 400, title: "Not JSON" },
  "not-cloudevents": { status: 400, title: "Not CloudEvents" },
  "dry-run": { status: 400, title: "Unclear dry run" },
  unsigned: { status: 401, title: "Not signed" },
  "stale-timestamp": { status: 401, title: "Stale timestamp" },
  "invalid-signature": { status: 401, title: "Invalid signature" },
  "invalid-credentials": { status: 401, title: "Invalid credentials" },
  "dealer-not-allowed": { status: 403, title: "Dealer not allowed" },
  "unknown-source": { status: 404, title: "Unknown source" },
  "no-receipt": { status: 404, title: "No receipt" },
  "unknown-item": { status: 404, title: "Unknown item" },
  "body-too-large": { status: 413, title: "Body too large" },
  "too-many-events": { status: 413, title: "Too many events" },
  "content-type": { status: 415, title: "Unsupported content type" },
  "content-encoding": { status: 415, title: "Unsupported content encoding" },
  "binary-mode": { status: 415, title: "Binary mode is not taken" },
  "invalid-items": { status: 422, title: "Invalid items" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Internal error" },
  "try-again": { status: 503, title: "Try again" },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemSlug = keyof typeof problemKinds;

/** The `type` of a problem (RFC 9457). */
export function problemType(slug: ProblemSlug): string {
  return `/problems/${slug}`;
}

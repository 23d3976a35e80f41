import type { HttpOutcome } from "#shared/blocket/http-call.ts";

const roots: readonly unknown[] = ["create", "update", "delete", "bump", "boost"];

/** The lines that say what a request was, of requests whose log shows them late: until then they are cut out of every answer. */
export function makeLateRoots(now: () => number) {
  const hiddenUntil = new Map<string, number>();
  const isHidden = (line: unknown): boolean => {
    const { request_id: id, action } = (line ?? {}) as Record<string, unknown>;
    return roots.includes(action) && (hiddenUntil.get(String(id)) ?? 0) > now();
  };
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.filter((one) => !isHidden(one)).map(strip);
    }
    return typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, strip(inner)]))
      : value;
  };
  return {
    hide(requestId: string, forMs: number): void {
      if (forMs > 0) {
        hiddenUntil.set(requestId, now() + forMs);
      }
    },
    strip(outcome: HttpOutcome): HttpOutcome {
      const isAny =
        outcome.kind === "answer" && outcome.body !== "" && [...hiddenUntil.values()].some((until) => until > now());
      return isAny ? { ...outcome, body: JSON.stringify(strip(JSON.parse(outcome.body))) } : outcome;
    },
  };
}

export type LateRoots = ReturnType<typeof makeLateRoots>;

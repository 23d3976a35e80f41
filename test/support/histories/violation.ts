/** What a history showed wrong, by the name of what must hold. */
export type Violation = { invariant: string; message: string };

/** Collects violations; the first one ends a history. */
export type Violations = { report(invariant: string, message: string): void; all(): readonly Violation[] };

export function makeViolations(): Violations {
  const all: Violation[] = [];
  return {
    report: (invariant, message) => void all.push({ invariant, message }),
    all: () => all,
  };
}

type Pattern = { [field: string]: Pattern | readonly unknown[] };

/** Whether a rule with this pattern gets the delivery, as far as our rules go: exact values, and `{"exists": true}`. */
export function matchPattern(pattern: Pattern, delivery: unknown): boolean {
  const fields = typeof delivery === "object" && delivery !== null ? (delivery as Record<string, unknown>) : {};
  return Object.entries(pattern).every(([name, wanted]) =>
    isList(wanted) ? wanted.some((choice) => fits(choice, fields[name])) : matchPattern(wanted, fields[name]),
  );
}

const isList = (wanted: Pattern | readonly unknown[]): wanted is readonly unknown[] => Array.isArray(wanted);

function fits(choice: unknown, value: unknown): boolean {
  if (typeof choice !== "object" || choice === null) {
    return choice === value;
  }
  if (Object.keys(choice).join() !== "exists") {
    throw new Error(`this matcher does not know ${JSON.stringify(choice)}`);
  }
  return (value !== undefined) === (choice as { exists: boolean }).exists;
}

import type { Condition, Item } from "#shared/aws/condition.ts";

type Name = (placeholder: string) => string;

/** What DynamoDB says of a condition of ours. Knows what ours are made of, and throws at anything else. */
export function holds({ expression, names, values = {} }: Condition, stored: Item | undefined): boolean {
  const name: Name = (placeholder) => {
    const found = names[placeholder];
    if (found === undefined) {
      throw new Error(`${placeholder} has no name in ${expression}`);
    }
    return found;
  };
  const holdsTerm = (term: string): boolean => {
    const [, asked, placeholder = ""] = /^(attribute_exists|attribute_not_exists)\((#\w+)\)$/.exec(term) ?? [];
    if (asked !== undefined) {
      return (stored?.[name(placeholder)] !== undefined) === (asked === "attribute_exists");
    }
    const [, left = "", right = ""] = /^(#\w+) = (:\w+)$/.exec(term) ?? [];
    const [actual, expected] = [stored?.[name(left)]?.N, values[right]?.N];
    return actual !== undefined && actual === expected;
  };
  return expression.split(" OR ").some(holdsTerm);
}

/** A stored row as far as our conditions look at it: its key, and one number. */
export function judged(name: string, value: number | undefined): Item | undefined {
  return value === undefined ? undefined : { pk: { S: "" }, [name]: { N: String(value) } };
}

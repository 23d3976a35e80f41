import { fromAdItem } from "#shared/aws/ad-item.ts";
import type { StoredRow } from "./stored-rows.ts";

/** Every field of each row, by the row's keys: attributes, and the paths within those that are JSON. */
export function fieldsOfRows(rows: readonly StoredRow[]): Map<string, Set<string>> {
  return new Map(
    rows.map((row) => {
      const { pk, sk, writeId: _, ...content } = row;
      // An ad by what it holds: the form it is stored in may change.
      const ad = sk?.S === "ad" ? pathsIn(fromAdItem(row), "ad") : [];
      const fields = [...Object.entries(content).flatMap(([name, { S }]) => [name, ...pathsIn(parse(S), name)]), ...ad];
      return [`${pk?.S} ${sk?.S}`, new Set(fields)];
    }),
  );
}

/** Fields that today's rows have and rows of the same keys had not. What was not there yet when they were written is for today's code to fill in. */
export function findMissingFields(today: readonly StoredRow[], kept: readonly StoredRow[]): string[] {
  const before = fieldsOfRows(kept);
  const missing = [...fieldsOfRows(today)].flatMap(([key, fields]) => {
    const had = before.get(key);
    return had === undefined ? [] : [...fields].filter((field) => !had.has(field));
  });
  return [...new Set(missing)].sort();
}

function parse(text: string | undefined): unknown {
  return text?.startsWith("{") ? JSON.parse(text) : undefined;
}

/** Elements of a list are told apart only by what they hold. */
function pathsIn(value: unknown, at: string): string[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = Array.isArray(value) ? at : `${at}.${key}`;
    return [path, ...pathsIn(inner, path)];
  });
}

import { expect } from "vitest";

/** A test as its file defined it. `id` is its file with its titles, and a number where they are not enough. */
export type CollectedTest = { id: string; file: string; run: () => unknown };

type Body = (...row: never[]) => unknown;
type Define = (name: string, ...rest: unknown[]) => void;

const tests: CollectedTest[] = [];
const titles: string[] = [];
let file = "";

/** What a test file defines while it is loaded. */
export async function collectFrom(path: string, load: () => Promise<unknown>): Promise<readonly CollectedTest[]> {
  file = path;
  const before = tests.length;
  await load();
  return tests.slice(before);
}

function define(name: string, body: () => unknown): void {
  const title = `${file}#${[...titles, name].join(" ")}`;
  const sameTitle = tests.filter(({ id }) => id === title || id.startsWith(`${title} (`)).length;
  tests.push({ id: sameTitle === 0 ? title : `${title} (${sameTitle + 1})`, file, run: body });
}

function group(name: string, body: () => unknown): void {
  titles.push(name);
  body();
  titles.pop();
}

/** Both `(name, body, timeout)` and `(name, options, body)`. */
function bodyOf(rest: readonly unknown[]): Body {
  return rest.find((one) => typeof one === "function") as Body;
}

function withEach(one: (name: string, body: () => unknown) => void): Define & { each: (rows: unknown[]) => Define } {
  const each =
    (rows: unknown[]): Define =>
    (name, ...rest) => {
      for (const row of rows) {
        one(name, () => bodyOf(rest)(...((Array.isArray(row) ? row : [row]) as never[])));
      }
    };
  return Object.assign<Define, { each: typeof each }>((name, ...rest) => one(name, bodyOf(rest)), { each });
}

/** What a test file gets for `vitest`: as much of it as the mutation run's tests use. */
export const describe = withEach(group);
export const it = withEach(define);
export { expect };

import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Every check that the histories make, as it names itself. */
const checks = globSync("test/support/histories/*.ts", { cwd: root }).map(read).join("");

/** What stands in the second column of the page's tables: test files, titles of tests in them, names of checks. */
const shownBy = read("docs/guarantees.md")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.split("|")[2] ?? "");

function findMissing(cell: string): string[] {
  let file = "";
  return [...cell.matchAll(/`([^`]+\.test\.ts)`|"([^"]+)"|H, ([^;|]+)/g)].flatMap(([, path, title, check]) => {
    if (path !== undefined) {
      file = path.includes("/") ? path : join(dirname(file), path);
      return existsSync(join(root, file)) ? [] : [`no file ${file}`];
    }
    const isThere = title === undefined ? checks.includes(`"${check?.trim()}"`) : read(file).includes(title);
    return isThere ? [] : [title === undefined ? `no check "${check}"` : `no test "${title}" in ${file}`];
  });
}

it("each promise in docs/guarantees.md names tests and checks that there are", () => {
  expect(shownBy.length).toBeGreaterThan(30);
  expect(shownBy.flatMap(findMissing)).toEqual([]);
});

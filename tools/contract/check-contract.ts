import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildContract, openApiFile, projectRoot } from "./build-contract.ts";
import type { JsonSchema } from "./event-schemas.ts";
import { findBreaks } from "./find-breaks.ts";

/** The files of the contract that are not as the source has it. */
export function findStale(): string[] {
  return [...buildContract()].filter(([path, content]) => readNow(path) !== content).map(([path]) => path);
}

function readNow(path: string): string | null {
  try {
    return readFileSync(join(projectRoot, path), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return null;
    }
    throw error;
  }
}

type OpenApi = { paths: Record<string, Record<string, { responses?: Record<string, unknown> }>> } & {
  components: { schemas: Record<string, JsonSchema> };
};

/** Schemas of what we answer; all others describe what we are sent. */
const answers = ["ItemAnswers", "Problem"];

/** What the contract, as the source has it now, takes from those who go by the one that was committed in `commit`. */
export function findBreaksSince(commit: string): string[] {
  const before = readCommitted(commit, openApiFile);
  const now = JSON.parse(buildContract().get(openApiFile) ?? "") as OpenApi;
  return before === null ? [] : compare(JSON.parse(before) as OpenApi, now);
}

export function compare(before: OpenApi, now: OpenApi): string[] {
  const endpoints = Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses = {} }]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const present = now.paths[path]?.[method];
      const lost = Object.keys(responses).filter((status) => !Object.hasOwn(present?.responses ?? {}, status));
      return present === undefined
        ? [`${name} is removed`]
        : lost.map((status) => `${name} no longer answers ${status}`);
    }),
  );
  const schemas = Object.entries(before.components.schemas)
    .filter(([name]) => name !== "InventoryEvent")
    .flatMap(([name, schema]) => {
      const direction = answers.includes(name) ? "out" : "in";
      return findBreaks(schema, now.components.schemas[name], { direction }).map((text) => `${name}: ${text}`);
    });
  return [...endpoints, ...schemas];
}

/** null where that commit has no such file; throws git's own words where there is no such commit. */
function readCommitted(commit: string, path: string): string | null {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: projectRoot, encoding: "utf8", stdio: "pipe" });
  return git("ls-tree", "--name-only", commit, "--", path) === "" ? null : git("show", `${commit}:${path}`);
}

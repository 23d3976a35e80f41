import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { MutantResult } from "@stryker-mutator/api/core";

/** Why the tests may let these mutants live, each by its name. All are kept in `explained.json`. */
export type Explained = { reason: string; mutants: readonly string[] };

/** One mutant that no test noticed: where it is, and its name. */
export type Survivor = { place: string; name: string };

export type Score = { file: string; noticed: number; all: number };

const noticed: readonly MutantResult["status"][] = ["Killed", "Timeout", "RuntimeError"];

/** What `explained.json` says. */
export function readExplained(): Explained[] {
  return JSON.parse(readFileSync(new URL("./explained.json", import.meta.url), "utf8")) as Explained[];
}

export function scoresOf(mutants: readonly MutantResult[]): Score[] {
  const files = [...new Set(mutants.map(({ fileName }) => fileName))].sort();
  return files.map((fileName) => {
    const ofFile = mutants.filter((mutant) => mutant.fileName === fileName);
    const killed = ofFile.filter(({ status }) => noticed.includes(status));
    return { file: basename(fileName), noticed: killed.length, all: ofFile.length };
  });
}

export function survivorsOf(mutants: readonly MutantResult[]): Survivor[] {
  return mutants
    .filter(({ status }) => !noticed.includes(status))
    .map((mutant) => nameMutant(mutant, readFileSync(mutant.fileName, "utf8")))
    .sort((a, b) => a.place.localeCompare(b.place, "en", { numeric: true }));
}

/** `watch.ts: if ([-a !== null-]{+true+} && b) {`: the line, with what was taken out and what was put in. */
export function nameMutant({ fileName, location, replacement }: MutantResult, source: string): Survivor {
  const { start, end } = location;
  const lines = source.split("\n");
  const before = lines[start.line - 1]?.slice(0, start.column - 1) ?? "";
  const after = lines[end.line - 1]?.slice(end.column - 1) ?? "";
  const taken = lines
    .slice(start.line - 1, end.line)
    .join("\n")
    .slice(before.length);
  const original = taken.slice(0, taken.length - after.length);
  const file = basename(fileName);
  const name = `${file}: ${before}[-${original}-]{+${replacement}+}${after}`.replaceAll(/\s+/g, " ");
  return { place: `shared/ad/${file}:${start.line}:${start.column}`, name };
}

export type Judged = {
  explained: (Survivor & { reason: string })[];
  unexplained: Survivor[];
  /** Names that a reason is given for, though no such mutant survived. */
  stale: string[];
};

/** Holds what survived in these files against what is explained. A mutant that occurs twice needs its name twice. */
export function judge(survivors: readonly Survivor[], known: readonly Explained[], files: readonly string[]): Judged {
  const left = known
    .flatMap(({ reason, mutants }) => mutants.map((name) => ({ name, reason })))
    .filter(({ name }) => files.includes(name.slice(0, name.indexOf(":"))));
  const judged: Judged = { explained: [], unexplained: [], stale: [] };
  for (const survivor of survivors) {
    const place = left.findIndex(({ name }) => name === survivor.name);
    const [match] = place < 0 ? [] : left.splice(place, 1);
    match === undefined
      ? judged.unexplained.push(survivor)
      : judged.explained.push({ ...survivor, reason: match.reason });
  }
  judged.stale = left.map(({ name }) => name);
  return judged;
}

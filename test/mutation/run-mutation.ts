import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { LogLevel } from "@stryker-mutator/api/core";
import { Stryker } from "@stryker-mutator/core";
import { type Judged, judge, readExplained, type Score, scoresOf, survivorsOf } from "./survivors.ts";

/*
 * npm run test:mutation [-- --only outcome,settle] [--workers N]   breaks shared/ad in one place after the other, and says
 * which of the breaks no test of test/unit/ad and no history of model-share.ts notices
 */
const { values } = parseArgs({
  options: { only: { type: "string" }, workers: { type: "string", default: String(availableParallelism()) } },
});

/** In percent of all mutants, explained ones included. */
const scoreAtLeast = 90;

const say = (line: string) => void process.stdout.write(`${line}\n`);

const stryker = new Stryker({
  mutate: values.only?.split(",").map((name) => `shared/ad/${name}.ts`) ?? ["shared/ad/*.ts"],
  plugins: [new URL("./in-process-runner.ts", import.meta.url).href],
  testRunner: "in-process",
  coverageAnalysis: "perTest",
  concurrency: Number(values.workers),
  ignorePatterns: ["bench", "cdk.out"],
  // Stryker would rewrite the real one, with an interface that TypeScript 7 no longer has.
  tsconfigFile: "none",
  disableTypeChecks: false,
  logLevel: "warn" as LogLevel,
  reporters: ["progress-append-only"],
  timeoutMS: 60_000,
  tempDirName: ".stryker-tmp",
  cleanTempDir: "always",
});

const percent = ({ noticed, all }: Omit<Score, "file">) => `${((100 * noticed) / all).toFixed(1)} %`;

function report(scores: readonly Score[], { explained, unexplained, stale }: Judged): boolean {
  const total = scores.reduce((sum, one) => ({ noticed: sum.noticed + one.noticed, all: sum.all + one.all }), {
    noticed: 0,
    all: 0,
  });
  for (const score of [...scores, { file: "all", ...total }]) {
    say(`${score.file.padEnd(20)} ${percent(score).padStart(7)}  ${score.noticed} of ${score.all} noticed`);
  }
  for (const reason of new Set(explained.map((survivor) => survivor.reason))) {
    say(`\nsurvived, explained: ${reason}`);
    for (const { place, name } of explained.filter((survivor) => survivor.reason === reason)) {
      say(`  ${place}\n    ${name}`);
    }
  }
  say(`\n${explained.length} survivors explained, ${unexplained.length} not`);
  for (const { place, name } of unexplained) {
    say(`  NOT EXPLAINED ${place}\n    ${name}`);
  }
  for (const name of stale) {
    say(`  EXPLAINED, BUT NOTICED OR GONE\n    ${name}`);
  }
  const isEnough = values.only !== undefined || 100 * total.noticed >= scoreAtLeast * total.all;
  return isEnough && unexplained.length === 0 && stale.length === 0;
}

const mutants = await stryker.runMutationTest();
const scores = scoresOf(mutants);
const files = scores.map(({ file }) => file);
process.exitCode = report(scores, judge(survivorsOf(mutants), readExplained(), files)) ? 0 : 1;

import { globSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext, type MutantCoverage } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
} from "@stryker-mutator/api/test-runner";
import fc from "fast-check";
import { type CollectedTest, collectFrom } from "./collect-tests.ts";

/**
 * What notices a mutant soonest comes first: stories, then properties, then whole histories. The drawing of the cells plays
 * all of them, and would notice nothing that they don't. Nothing that a test file keeps between its tests may hold what the
 * code came to: it would be what it came to without the mutant.
 */
const testFiles = [
  "test/unit/ad/**/!(any-history|drawing).test.ts",
  "test/unit/ad/any-history.test.ts",
  "test/mutation/model-share.ts",
];

/**
 * Runs the tests inside Stryker's own process, mutant after mutant, without starting anything anew: a mutant takes
 * milliseconds where Vitest takes half a second to begin. The tests see `collect-tests.ts` in Vitest's place.
 */
class InProcessTestRunner implements TestRunner {
  #tests: readonly CollectedTest[] | null = null;
  readonly #stryker: InstrumenterContext;

  constructor() {
    const global = globalThis as unknown as Record<string, InstrumenterContext>;
    this.#stryker = global[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
  }

  /** What is loaded stays loaded: for mutants of what runs at loading, Stryker starts another process. */
  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun(): Promise<DryRunResult> {
    const results: TestResult[] = [];
    for (const { id, file, run } of await this.#load()) {
      this.#stryker.currentTestId = id;
      const startedAt = performance.now();
      const failureMessage = await failureOf(run);
      const result = { id, name: id, fileName: file, timeSpentMs: performance.now() - startedAt };
      results.push(
        failureMessage === null
          ? { ...result, status: TestStatus.Success }
          : { ...result, status: TestStatus.Failed, failureMessage },
      );
    }
    delete this.#stryker.currentTestId;
    const mutantCoverage: MutantCoverage = this.#stryker.mutantCoverage ?? { static: {}, perTest: {} };
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const stryker = this.#stryker;
    stryker.hitCount = 0;
    Object.assign(stryker, { hitLimit: options.hitLimit });
    if (options.mutantActivation === "static") {
      stryker.activeMutant = options.activeMutant.id;
    }
    const tests = await this.#load();
    stryker.activeMutant = options.activeMutant.id;
    const chosen = new Set(options.testFilter ?? tests.map(({ id }) => id));
    let nrOfTests = 0;
    for (const test of tests.filter(({ id }) => chosen.has(id))) {
      nrOfTests += 1;
      const failureMessage = await failureOf(test.run);
      if (stryker.hitCount > (options.hitLimit ?? Number.POSITIVE_INFINITY)) {
        return { status: MutantRunStatus.Timeout, reason: "it runs without end" };
      }
      if (failureMessage !== null) {
        this.#tests = [test, ...tests.filter((other) => other !== test)];
        return { status: MutantRunStatus.Killed, killedBy: [test.id], failureMessage, nrOfTests };
      }
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }

  async #load(): Promise<readonly CollectedTest[]> {
    if (this.#tests === null) {
      fc.configureGlobal({ seed: 1, numRuns: 30 });
      giveTestsOurVitest(pathToFileURL(process.cwd()).href);
      const tests: CollectedTest[] = [];
      for (const path of testFiles.flatMap((pattern) => globSync(pattern).toSorted())) {
        tests.push(...(await collectFrom(path, () => import(pathToFileURL(join(process.cwd(), path)).href))));
      }
      this.#tests = tests;
    }
    return this.#tests;
  }
}

function giveTestsOurVitest(root: string): void {
  const url = new URL("./collect-tests.ts", import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "vitest" && context.parentURL?.startsWith(`${root}/`)
        ? { url, shortCircuit: true }
        : next(specifier, context),
  });
}

/** A promise that nobody waits for may reject too: that counts as a failure of the test that runs. */
async function failureOf(run: () => unknown): Promise<string | null> {
  let stray: unknown = null;
  const note = (reason: unknown) => {
    stray ??= reason;
  };
  process.on("unhandledRejection", note);
  try {
    await run();
    return stray === null ? null : String(stray);
  } catch (error) {
    return String(error);
  } finally {
    process.off("unhandledRejection", note);
  }
}

/** Stryker reads this name. */
export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessTestRunner)];

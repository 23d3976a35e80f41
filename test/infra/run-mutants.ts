import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type DeploymentMutant, deploymentMutants } from "#test/support/mutants/deployment-mutants.ts";
import { copyTree, infect, type Tree } from "#test/support/mutants/mutant.ts";
import { runIn } from "#test/support/mutants/run-in.ts";

/*
 * npm run test:grants [-- --only TEXT]   takes one part after the other out of cdk/, and has the tests of the template miss it
 */
const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });

const say = (line: string) => void process.stdout.write(`${line}\n`);

type Report = { numFailedTests: number; testResults: { assertionResults: { status: string; fullName: string }[] }[] };

/** The tests that fail in the tree, by their full names. Throws where none ran at all: a mutant is to be missed, not to break the code. */
async function findFailing({ path }: Tree, files: readonly string[]): Promise<string[]> {
  const report = join(path, "report.json");
  const vitest = join(path, "node_modules/vitest/vitest.mjs");
  const tests = files.map((file) => `test/infra/${file}`);
  const options = ["--project", "infra", "--reporter", "json", "--outputFile", report];
  const said = await runIn(path, [vitest, "run", ...options, ...tests]);
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  if (results.length === 0) {
    throw new Error(`no test ran in ${files.join(", ")}:\n${said}`);
  }
  return results.filter(({ status }) => status === "failed").map(({ fullName }) => fullName);
}

async function tryAll(mutants: readonly DeploymentMutant[]): Promise<boolean> {
  const tree = copyTree();
  try {
    const files = [...new Set(mutants.map(({ shownBy }) => shownBy))];
    const failing = files.length === 0 ? ["there is no such part"] : await findFailing(tree, files);
    if (failing.length > 0) {
      say(`fails with nothing taken out: ${failing.join("; ")}`);
      return false;
    }
    let missed = 0;
    for (const mutant of mutants) {
      const cure = infect(tree, mutant);
      const [first] = await findFailing(tree, [mutant.shownBy]);
      cure();
      missed += Number(first === undefined);
      say(`${mutant.name.padEnd(42)} ${first ?? "NOT NOTICED"}`);
    }
    say(`${mutants.length - missed} of ${mutants.length} noticed`);
    return missed === 0;
  } finally {
    tree.remove();
  }
}

process.exitCode = (await tryAll(deploymentMutants.filter(({ name }) => name.includes(values.only)))) ? 0 : 1;

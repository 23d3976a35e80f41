import { statSync } from "node:fs";
import { join } from "node:path";
import { bundleBudgets, bundleFile, type FunctionName } from "./bundle.ts";

/* `node cdk/check-budget.ts FUNCTION FOLDER`: fails when the bundle in the folder is over the function's budget. */

const [functionName, folder = ""] = process.argv.slice(2) as [FunctionName, string?];
const { size } = statSync(join(folder, bundleFile));
const budget = bundleBudgets[functionName];
if (size > budget) {
  console.error(
    `the bundle of ${functionName} has ${size} bytes, its budget is ${budget}: npm run bench:bundle shows what weighs, cdk/bundle.ts has the budgets`,
  );
  process.exitCode = 1;
}

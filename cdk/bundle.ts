import { resolve } from "node:path";
import type { functionEnvironments } from "#shared/contracts/environment.ts";

/*
 * How a function becomes one file: what is deployed and what the sandbox runs with `--bundled` are built by this alone.
 * It knows nothing of the CDK, so that the sandbox doesn't load it.
 */

export type FunctionName = keyof typeof functionEnvironments;

export const projectRoot = resolve(import.meta.dirname, "..");

/** The file a function's bundle is built from. */
export function handlerFile(functionName: FunctionName): string {
  return resolve(projectRoot, "functions", functionName, "handler.ts");
}

/** What a bundle is called in its folder; `.mjs` because no package.json travels with it. */
export const bundleFile = "index.mjs";

/**
 * esbuild's options, as both its API and its command line take them; paths are relative to `projectRoot`.
 *
 * `mainFields`: several packages of the SDK have an ESM build only there, and their CommonJS builds call `require`, which
 * an ES module hasn't. `keepNames` for readable stack traces; source maps would have to be switched on by NODE_OPTIONS,
 * and cost every cold start. The alias leaves out the credential sources that a Lambda function never uses.
 */
export const bundleOptions = {
  format: "esm",
  target: "node24",
  mainFields: ["module", "main"],
  minify: true,
  keepNames: true,
  sourcemap: false,
  logLevel: "warning",
  alias: { "@aws-sdk/credential-provider-node": "./shared/aws/credential-provider.ts" },
} as const;

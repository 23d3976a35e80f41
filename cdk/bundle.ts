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
 * `NODE_OPTIONS` of a function with so much memory: half spaces of 4 MB for what is new. What an event leaves behind is gone by
 * its end, and V8 would let many times as much lie before it looks. Lambda chooses both sizes by the memory (a twentieth, nine
 * tenths), but neither where one is named: so the second is named as Lambda would choose it.
 */
export function nodeOptions(memoryMb: number): string {
  return `--max-semi-space-size=4 --max-old-space-size=${memoryMb - Math.floor(memoryMb / 10)}`;
}

/** The most bytes a bundle may have, a little above what it has: what pulls more in breaks the build, and is then decided on. */
export const bundleBudgets: Record<FunctionName, number> = {
  receive: 307_000,
  submit: 396_000,
  poll: 396_000,
  status: 270_000,
};

/**
 * What is left out of the bundles, or put in its place; each file says why. The SDK takes credentials from wherever it may
 * find them, streams events and discovers endpoints; a Lambda function of ours does none of that.
 */
const alias = {
  "@aws-sdk/credential-provider-node": "./shared/bundle/credential-provider.ts",
  "@aws-sdk/endpoint-cache": "./shared/bundle/endpoint-cache.ts",
  "@smithy/core/event-streams": "./shared/bundle/event-streams.ts",
  "node:http": "./shared/bundle/node-http.ts",
  "node:process": "./shared/bundle/node-process.ts",
};

/**
 * esbuild's options, as both its API and its command line take them; paths are relative to `projectRoot`.
 *
 * `mainFields`: several packages of the SDK have an ESM build only there, and their CommonJS builds call `require`, which
 * an ES module hasn't. Names are minified and no source map is deployed: both cost every cold start, and
 * `npm run bridge -- where` says which line of ours a stack trace means.
 */
export const bundleOptions = {
  format: "esm",
  target: "node24",
  mainFields: ["module", "main"],
  minify: true,
  keepNames: false,
  sourcemap: false,
  logLevel: "warning",
  alias,
} as const;

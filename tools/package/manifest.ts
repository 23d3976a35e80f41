/** What one export of the package is made of: files of the source, all of whose exports it has, or of some only the types. */
type Entry = { files: readonly string[]; types?: readonly string[] };

/** The package's exports, by their name in it. */
export const entries: Readonly<Record<string, Entry>> = {
  contracts: { files: ["shared/contracts/ad-event.ts"] },
  "contracts/inventory-event": { files: ["shared/contracts/inventory-event.ts"] },
  listener: {
    files: [
      "listener/ad-event-listener.ts",
      "listener/lambda-listener.ts",
      "listener/memory-heard-ads.ts",
      "listener/read-delivery.ts",
    ],
    types: ["listener/heard-ad.ts"],
  },
  "dynamo-heard-ads": { files: ["listener/dynamo-heard-ads.ts"] },
  cdk: { files: ["cdk/constructs/ad-event-subscription.ts", "cdk/constructs/ad-event-relay.ts"] },
};

/** Where the JSON Schemas of ad events are, in the project and in the package. */
export const schemas = { from: "docs/contract", to: "contracts" };

/**
 * The package.json of what listeners install. Not the project's own, which would bring them the bridge's Node, its SDK clients
 * and its tools. A peer is needed by one export alone, and there whoever imports that has it.
 */
export function packageManifest({ version, zod }: { version: string; zod: string }) {
  const peers = { "@aws-sdk/client-dynamodb": "^3.600.0", "aws-cdk-lib": "^2.200.0", constructs: "^10.0.0" };
  return {
    name: "blocket-bridge",
    version,
    description:
      "For listeners of the Blocket bridge: contracts, a handler that hears each event once, a CDK construct.",
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: ">=22.12" },
    exports: {
      ...Object.fromEntries(
        Object.keys(entries).map((name) => [`./${name}`, { types: `./${name}.d.ts`, default: `./${name}.js` }]),
      ),
      [`./${schemas.to}/*.schema.json`]: `./${schemas.to}/*.schema.json`,
      "./package.json": "./package.json",
    },
    dependencies: { zod: `^${zod}` },
    peerDependencies: peers,
    peerDependenciesMeta: Object.fromEntries(Object.keys(peers).map((name) => [name, { optional: true }])),
  };
}

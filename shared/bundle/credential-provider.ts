import { fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles (an esbuild alias): a Lambda finds its credentials in
 * its environment, and the providers for laptops and containers would double the code to load.
 */
export const defaultProvider = fromEnv;

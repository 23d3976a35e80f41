/** Stands in for `node:process` in the bundles, for the reason that `node-http.ts` gives; 4 ms. */
export const { env, versions } = process;

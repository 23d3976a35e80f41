/** Stands in for `node:process` in the bundles, for the reason that `node-http.ts` gives. */
export const { env, versions } = process;

/** Why the tests may let these mutants live. Each is named as `npm run test:mutation` prints it. */
export type Explained = { reason: string; mutants: readonly string[] };

export const explained: readonly Explained[] = [];

import { expect, it } from "vitest";
import { findLostEdits } from "#test/support/mutants/mutant.ts";
import { namedMutants } from "#test/support/mutants/named-mutants.ts";

// Whether the histories notice each of them takes minutes: npm run test:mutants
it("each rule that can be taken out is still in the source", () => {
  expect(findLostEdits(namedMutants)).toEqual([]);
});

import { expect, it } from "vitest";
import { deploymentMutants } from "#test/support/mutants/deployment-mutants.ts";
import { findLostEdits } from "#test/support/mutants/mutant.ts";

// Whether the tests beside this one miss each of them takes minutes: npm run test:grants
it("each part that can be taken out of the deployment is still in the source", () => {
  expect(findLostEdits(deploymentMutants)).toEqual([]);
});

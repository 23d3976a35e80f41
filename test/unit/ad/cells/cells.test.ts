import { describe, expect, it } from "vitest";
import type { Phase } from "#shared/ad/ad.ts";
import { bumpCells } from "./bump-cells.ts";
import { type CellCall, type Cells, type Input, outcomeOf } from "./cell.ts";
import { deleteCells } from "./delete-cells.ts";
import { postCells } from "./post-cells.ts";
import { putCells } from "./put-cells.ts";

/** What is left out here, or in a table, does not compile. */
const cells: { [C in CellCall]: Cells<C> } = {
  post: postCells,
  put: putCells,
  delete: deleteCells,
  bump: bumpCells,
};

type Phases = Record<string, Cells<"post">["ready"]>;
type Row = [call: CellCall, phase: Phase["kind"], inputs: Cells<"post">["ready"]];

const rows = Object.entries(cells).flatMap(([call, phases]) =>
  Object.entries(phases as Phases).map(([phase, inputs]) => [call, phase, inputs] as Row),
);

describe.each(rows)("a %s that is %s", (call, phase, inputs) => {
  for (const [input, expected] of Object.entries(inputs)) {
    if (typeof expected === "string") {
      it(`${input}: ${expected}`, () => {
        expect(outcomeOf(call, phase, input as Input)).toBe(expected);
      });
    } else {
      it.fails(`${input}: should be ${expected.should}, because ${expected.because}`, () => {
        expect(outcomeOf(call, phase, input as Input)).toBe(expected.should);
      });
    }
  }
});
